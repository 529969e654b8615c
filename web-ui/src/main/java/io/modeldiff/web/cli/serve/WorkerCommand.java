package io.modeldiff.web.cli.serve;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.platform.Role;
import io.modeldiff.web.cli.CliCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.platform.RunningPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff worker}. */
@Command(
    name = "worker",
    description =
        "Join a cluster as a GPU worker. It needs a data directory of its own (--data) and the"
            + " cluster's store (--cassandra). Ctrl-C hands its work over before it ends; a worker that"
            + " was taken out of its cluster joins it again by itself.")
public final class WorkerCommand extends CliCommand {
  private static final long PAUSE_MILLIS = 1000;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      required = true,
      description = "Members of the cluster, as 'modeldiff serve' prints them.")
  private List<String> join = new ArrayList<>();

  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  WorkerCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    PlatformOptions options = start.options().withRoles(Set.of(Role.GPU_WORKER)).withJoin(join);
    RunningPlatform platform = start(options);
    while (isTakenOutOf(platform)) {
      platform = startAgain(options);
    }
  }

  private RunningPlatform start(PlatformOptions options) {
    return RunningPlatform.start(options, device.load().device(), console()::note);
  }

  private boolean isTakenOutOf(RunningPlatform joined) throws InterruptedException {
    try (RunningPlatform platform = joined) {
      console().note("Working for the cluster as " + platform.platform().address() + ".");
      return Running.isTakenOut(console(), platform);
    }
  }

  /** A cluster that never answered is a mistake; one that was there once is waited for. */
  private RunningPlatform startAgain(PlatformOptions options) throws InterruptedException {
    while (true) {
      try {
        return start(options);
      } catch (UserException e) {
        if (console().stop().requested()) {
          throw e;
        }
        console().note(String.valueOf(e.getMessage()));
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
