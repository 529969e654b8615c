package io.modeldiff.web.cli.comparison;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.platform.Role;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.remote.ServerFile;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the comparisons are that a command is about. */
final class ShelfOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The API of a running platform (default: the one that runs on the data directory, else one"
              + " of this command's own).")
  private @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "API token for a platform with users (default: $MODELDIFF_TOKEN).")
  private @Nullable String token;

  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  Shelf open(Console console) {
    String secret = token == null ? System.getenv("MODELDIFF_TOKEN") : token;
    if (server != null) {
      RemoteShelf remote = new RemoteShelf(server, secret);
      if (!remote.answers()) {
        throw UserException.failed(
            "No platform answers at " + server + "; start one with 'modeldiff serve'.");
      }
      return remote;
    }
    PlatformOptions options = start.options();
    Optional<RemoteShelf> here =
        ServerFile.of(options.data()).read().map(url -> new RemoteShelf(url, secret));
    return here.isPresent() && here.get().answers()
        ? here.get()
        : new OwnShelf(options.withRoles(Set.of(Role.COORDINATOR)), console);
  }
}
