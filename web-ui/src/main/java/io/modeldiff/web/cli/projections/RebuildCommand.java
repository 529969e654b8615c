package io.modeldiff.web.cli.projections;

import io.modeldiff.analysis.readmodel.ReadSide;
import io.modeldiff.core.platform.Platform;
import io.modeldiff.web.cli.CliCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.platform.RunningPlatform;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code modeldiff projections rebuild}. */
@Command(
    name = "rebuild",
    description =
        "Empties read tables and fills them again from the journal, which stays untouched.")
public final class RebuildCommand extends CliCommand {
  private static final long LOOK_EVERY_MILLIS = 500;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "campaigns, comparisons, registry or annotations (default: all of them).")
  private List<String> names = List.of();

  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  RebuildCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    try (Platform platform = Platform.start(start.options(), console()::note)) {
      ReadSide readSide = new ReadSide(platform.system(), platform.keyspaces()).start();
      List<String> wanted = names.isEmpty() ? readSide.projections() : names;
      for (String name : wanted) {
        RunningPlatform.await(readSide.rebuild(name));
        while (!RunningPlatform.await(readSide.isCaughtUp(name))) {
          Thread.sleep(LOOK_EVERY_MILLIS);
        }
        console().note("The read tables of " + name + " are rebuilt.");
      }
    }
  }
}
