package io.modeldiff.web.cli.options;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.remote.ServerFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "API token for a platform with users (default: $MODELDIFF_TOKEN).")
  private @Nullable String token;

  /**
   * The platform that was named, or that runs on the data directory; empty when neither is there.
   *
   * @throws UserException when the named one does not answer
   */
  public Optional<RemoteControl> control(Path data) {
    String secret = token == null ? System.getenv("MODELDIFF_TOKEN") : token;
    if (server != null) {
      RemoteControl remote = new RemoteControl(server, secret);
      if (!remote.answers()) {
        throw UserException.failed(
            "No platform answers at "
                + server
                + "; start one with 'modeldiff serve', which prints its API's URL.");
      }
      return Optional.of(remote);
    }
    return ServerFile.of(data)
        .read()
        .map(url -> new RemoteControl(url, secret))
        .filter(RemoteControl::answers);
  }
}
