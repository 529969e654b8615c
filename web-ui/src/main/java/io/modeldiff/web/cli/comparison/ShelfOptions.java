package io.modeldiff.web.cli.comparison;

import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.platform.Role;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.cli.options.ServerOptions;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;

/** Where the comparisons are that a command is about. */
final class ShelfOptions {
  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  Shelf open(Console console) {
    PlatformOptions options = start.options();
    Optional<RemoteShelf> running =
        server.client(options.data(), RemoteShelf::new, RemoteShelf::answers);
    return running.isPresent()
        ? running.get()
        : new OwnShelf(options.withRoles(Set.of(Role.COORDINATOR)), console);
  }
}
