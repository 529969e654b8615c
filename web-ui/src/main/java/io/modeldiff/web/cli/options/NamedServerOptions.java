package io.modeldiff.web.cli.options;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.remote.RemoteControl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A running platform, for a command that needs none and works here unless one is named. */
public final class NamedServerOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The API of a running platform that does the work with its models, as 'modeldiff serve'"
              + " prints it (default: this command does it).")
  private @Nullable String server;

  @Mixin private TokenOptions token = new TokenOptions();

  /**
   * Refuses the option where a command has no use for it.
   *
   * @param sentence why, and what to do
   */
  public void requireNone(String sentence) {
    if (server != null) {
      throw UserException.badInput(sentence);
    }
  }

  /** The platform that was named. */
  public Optional<RemoteControl> control() {
    return server == null
        ? Optional.empty()
        : Optional.of(
            ServerOptions.named(
                server, token.secret(), RemoteControl::new, RemoteControl::answers));
  }
}
