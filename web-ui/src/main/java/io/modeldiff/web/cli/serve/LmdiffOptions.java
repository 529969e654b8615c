package io.modeldiff.web.cli.serve;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.web.api.lmdiff.LmdiffServer;
import io.modeldiff.web.api.lmdiff.LmdiffServing;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** LMdiff's own way of serving: one pair of models, with or without an analysed corpus. */
final class LmdiffOptions {
  private static final int ORIGINAL_PORT = 8000;

  @Option(
      names = "--lmdiff-config",
      paramLabel = "OUT",
      description =
          "Instead of the platform: serve this LMdiff configuration directory, as 'corpus"
              + " preprocess' or the original wrote it, to LMdiff's client.")
  private @Nullable Path config;

  @Option(
      names = "--a",
      paramLabel = "M1",
      description = "Instead of the platform, with --b: serve two models to LMdiff's client.")
  private @Nullable String first;

  @Option(names = "--b", paramLabel = "M2", description = "The second model.")
  private @Nullable String second;

  @Option(
      names = "--compat",
      description = "With LMdiff's workflow: score as the original does where it differs.")
  private boolean compat;

  @Option(
      names = "--client",
      paramLabel = "DIR",
      description = "With LMdiff's workflow: the original's built client, served under /client.")
  private @Nullable Path client;

  @Option(
      names = "--allow-origin",
      paramLabel = "URL",
      description =
          "With LMdiff's workflow: a web origin whose pages may call the API; repeat for more"
              + " (default: none but its own).")
  private List<String> origins = List.of();

  /** Whether LMdiff's workflow was asked for. */
  boolean wanted() {
    return config != null || first != null || second != null;
  }

  Optional<Path> client() {
    return Optional.ofNullable(client);
  }

  /** The API has no login, so it stays on this machine. */
  void requireLoopback(String host) {
    try {
      if (InetAddress.getByName(host).isLoopbackAddress()) {
        return;
      }
    } catch (UnknownHostException e) {
      throw UserException.badInput("There is no address " + host + " on this machine.", e);
    }
    throw UserException.badInput(
        "LMdiff's API has no login, so it is served on this machine only: leave out --host, or put"
            + " a server with a login before it.");
  }

  /** What to serve; to be closed. */
  LmdiffServing serving(Function<String, ModelDirectory> models, LoadOptions load) {
    if (config != null && (first != null || second != null)) {
      throw UserException.badInput("Give either --lmdiff-config OUT, or --a M1 and --b M2.");
    }
    if (config != null) {
      return LmdiffServing.ofConfig(config, models, load, compat);
    }
    if (first == null || second == null) {
      throw UserException.badInput("LMdiff compares two models: give both --a M1 and --b M2.");
    }
    return LmdiffServing.ofModels(first, second, models, load, compat);
  }

  /** Starts to serve. */
  LmdiffServer start(LmdiffServing serving, String host, @Nullable Integer port) {
    if (client != null && !Files.isRegularFile(client.resolve("index.html"))) {
      throw UserException.badInput(
          client + " has no index.html; --client should be the original's folder client/dist.");
    }
    return LmdiffServer.start(
        serving, host, port == null ? ORIGINAL_PORT : port, Set.copyOf(origins), client());
  }
}
