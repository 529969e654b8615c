package io.modeldiff.web.cli.options;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.remote.ServerFile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The running platform that a command is about, if it is about one. */
public final class ServerOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The API of a running platform, as 'modeldiff serve' prints it (default: the platform that"
              + " runs on the data directory, else one of this command's own).")
  private @Nullable String server;

  @Mixin private TokenOptions token = new TokenOptions();

  /**
   * The platform that was named, or that runs on the data directory; empty when neither is there.
   *
   * @throws UserException when the named one does not answer
   */
  public Optional<RemoteControl> control(Path data) {
    return client(data, RemoteControl::new, RemoteControl::answers);
  }

  /**
   * The same as another kind of client.
   *
   * @param of makes it of a URL and a token, which may be null
   * @param answers whether a platform answers it
   * @throws UserException when the named platform does not answer
   */
  public <C> Optional<C> client(
      Path data, BiFunction<String, @Nullable String, C> of, Predicate<C> answers) {
    if (server != null) {
      return Optional.of(named(server, token.secret(), of, answers));
    }
    String secret = token.secret();
    return ServerFile.of(data).read().map(url -> of.apply(url, secret)).filter(answers);
  }

  /** The platform that was named. */
  static <C> C named(
      String server,
      @Nullable String secret,
      BiFunction<String, @Nullable String, C> of,
      Predicate<C> answers) {
    requireUrl(server);
    C remote = of.apply(server, secret);
    if (!answers.test(remote)) {
      throw UserException.failed(
          "No platform answers at "
              + server
              + "; start one with 'modeldiff serve', which prints its API's URL.");
    }
    return remote;
  }

  private static void requireUrl(String server) {
    try {
      HttpRequest.newBuilder(URI.create(server));
    } catch (IllegalArgumentException e) {
      throw UserException.badInput(
          "--server must be a URL such as http://127.0.0.1:18080, but was '" + server + "'.", e);
    }
  }
}
