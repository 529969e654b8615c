package io.modeldiff.web.cli.torture;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.torture.Torture;
import io.modeldiff.web.torture.TortureReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code modeldiff torture}. */
@Command(
    name = "torture",
    description =
        "Real processes on loopback (a coordinator, its Cassandra, two workers), struck by a seeded"
            + " schedule of kill -9, pauses, joins and leaves while they compare two toy models;"
            + " afterwards: nothing lost, nothing twice, the result bit-identical to an undisturbed"
            + " run, read tables equal to a rebuild.")
public final class TortureCommand extends ResultCommand {
  /** Seconds of sampling in peace, so that faults find it at work and not only recovering. */
  private static final long EVALUATIONS_PER_FAULT = 2000;

  private static final Duration PER_FAULT = Duration.ofMinutes(2);

  @Option(
      names = "--faults",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many faults (default: 30).")
  private int faults = 30;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of the schedule and of the campaigns (default: 1).")
  private long seed = 1;

  @Option(
      names = "--evaluations",
      paramLabel = "MAX",
      description = "Budget of each campaign (default: grows with the number of faults).")
  private @Nullable Long evaluations;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Keep data and logs of all processes here (default: a temporary folder).")
  private @Nullable Path folder;

  TortureCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws Exception {
    if (faults < 0) {
      throw UserException.badInput("--faults must be at least 0, but was " + faults + ".");
    }
    ModelNames names = new ModelNames(DataOptions.defaultDirectory());
    ModelDirectory a = names.open("small-toy");
    ModelDirectory b = names.open("large-toy");
    Path place = place();
    long budget = evaluations == null ? 3000 + EVALUATIONS_PER_FAULT * faults : evaluations;
    Duration patience = Duration.ofMinutes(5).plus(PER_FAULT.multipliedBy(faults));
    TortureReport report =
        new Torture(
                place,
                a,
                b,
                seed,
                faults,
                budget,
                patience,
                console()::note,
                () -> console().stop().requested())
            .run();
    if (json()) {
      JsonDocument.print(console(), report);
    } else {
      console().out().print(text(report));
      console().out().flush();
    }
    if (!report.holds()) {
      throw UserException.failed(
          "An invariant does not hold; data and logs are in "
              + place
              + ", and --seed "
              + seed
              + " draws the same schedule again.");
    }
  }

  private Path place() throws IOException {
    if (folder == null) {
      return Files.createTempDirectory("modeldiff-torture");
    }
    Path place = folder.toAbsolutePath().normalize();
    if (Files.exists(place.resolve("cluster"))) {
      throw UserException.badInput(place + " holds a torture already; name an empty folder.");
    }
    return Files.createDirectories(place);
  }

  private static String text(TortureReport r) {
    return String.format(
        Locale.ROOT,
        "%d faults, seed %d, in %d s: %s%n%d processes started again%n%,d events stored, %,d"
            + " acknowledged: %d lost, %d duplicated%nhistories and result %s the undisturbed run's%n"
            + "read tables %s%n",
        r.faults(),
        r.seed(),
        r.seconds(),
        r.kinds(),
        r.restarts(),
        r.events(),
        r.acknowledged(),
        r.lost(),
        r.duplicated(),
        r.identical() ? "equal, bit for bit," : "DIFFER from",
        r.projectionsEqual() ? "equal a rebuild" : "DIFFER from a rebuild: " + r.differentTables());
  }
}
