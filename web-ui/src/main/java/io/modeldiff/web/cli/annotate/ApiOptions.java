package io.modeldiff.web.cli.annotate;

import io.modeldiff.core.platform.Role;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.UserStore;
import io.modeldiff.web.api.ApiServer;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.live.LiveServices;
import io.modeldiff.web.platform.RunningPlatform;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the projects are that a command is about, and who asks. */
final class ApiOptions {
  private static final String LOOPBACK = "127.0.0.1";

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Who you are, on a platform without users (default: local).")
  private @Nullable String as;

  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  /** Calls the API of the platform that was chosen, which is closed afterwards if it is our own. */
  void with(Console console, Consumer<PlatformApi> work) {
    Optional<PlatformApi> running =
        server.client(
            data(), (url, secret) -> new PlatformApi(url, secret, as), PlatformApi::answers);
    if (running.isPresent()) {
      work.accept(running.get());
    } else {
      own(console, work);
    }
  }

  private Path data() {
    return start.options().data();
  }

  /** Whoever may write the data directory needs no login. */
  private void own(Console console, Consumer<PlatformApi> work) {
    AccessControl access =
        AccessControl.listeningOn(
            LOOPBACK, UserStore.open(data().resolve("no-users.json"), Clock.systemUTC()));
    try (RunningPlatform platform =
            RunningPlatform.start(
                start.options().withRoles(Set.of(Role.COORDINATOR)), "cpu", console::note);
        LiveServices services = LiveServices.start(platform, access, "cpu");
        ApiServer api = ApiServer.start(LOOPBACK, 0, services.services(), platform.system())) {
      work.accept(new PlatformApi("http://" + LOOPBACK + ":" + api.port(), null, as));
    }
  }
}
