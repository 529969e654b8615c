package io.modeldiff.web.cli.serve;

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
            + " cluster's store (--cassandra). Ctrl-C hands its work over before it ends.")
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
    try (RunningPlatform platform =
        RunningPlatform.start(
            start.options().withRoles(Set.of(Role.GPU_WORKER)).withJoin(join),
            device.load().device(),
            console()::note)) {
      console().note("Working for the cluster as " + platform.platform().address() + ".");
      Running.untilStopped(console(), platform);
    }
  }
}
