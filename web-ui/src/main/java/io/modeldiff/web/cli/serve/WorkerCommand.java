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
            + " cluster's store (--cassandra). Ctrl-C hands its work over before it ends; a worker that was"
            + " taken out of its cluster joins it again by itself.")
public final class WorkerCommand extends CliCommand {
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
    boolean joined = false;
    boolean takenOut = true;
    while (takenOut) {
      try (RunningPlatform platform =
          RunningPlatform.start(options, device.load().device(), console()::note)) {
        console().note("Working for the cluster as " + platform.platform().address() + ".");
        joined = true;
        takenOut = Running.isTakenOut(console(), platform);
      } catch (UserException e) {
        // A cluster that was there once is waited for; one that never answered is a mistake.
        if (!joined || console().stop().requested()) {
          throw e;
        }
        console().note(e.getMessage());
      }
    }
  }
}
