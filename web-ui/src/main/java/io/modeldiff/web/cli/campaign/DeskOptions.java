package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.platform.Role;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.remote.ServerFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the campaigns are that a command is about. */
final class DeskOptions {
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

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda|auto",
      defaultValue = "cpu",
      description = "Where a platform of this command's own computes (default: cpu).")
  private String device = "cpu";

  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  /** Models as they are named on this machine. */
  ModelNames models() {
    return new ModelNames(data());
  }

  private Path data() {
    return start.options().data();
  }

  /** The desk for a command that wants work done: a platform of its own has every role. */
  Desk toWork(Console console) {
    return open(console, Role.all());
  }

  /** The desk for a command that only looks or writes down: nothing is sampled meanwhile. */
  Desk toLook(Console console) {
    return open(console, Set.of(Role.COORDINATOR));
  }

  private Desk open(Console console, Set<Role> roles) {
    String secret = token == null ? System.getenv("MODELDIFF_TOKEN") : token;
    if (server != null) {
      RemoteControl remote = new RemoteControl(server, secret);
      if (!remote.answers()) {
        throw UserException.failed(
            "No platform answers at "
                + server
                + "; start one with 'modeldiff serve', which prints its API's URL.");
      }
      return Desk.remote(remote);
    }
    Optional<RemoteControl> here =
        ServerFile.of(data()).read().map(url -> new RemoteControl(url, secret));
    if (here.isPresent() && here.get().answers()) {
      return Desk.remote(here.get());
    }
    return Desk.own(start.options().withRoles(roles), device, console);
  }
}
