package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.platform.Role;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.remote.RemoteControl;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the campaigns are that a command is about. */
final class DeskOptions {
  @Mixin private ServerOptions server = new ServerOptions();

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
    Optional<RemoteControl> running = server.control(data());
    return running.isPresent()
        ? Desk.remote(running.get())
        : Desk.own(start.options().withRoles(roles), device, console);
  }
}
