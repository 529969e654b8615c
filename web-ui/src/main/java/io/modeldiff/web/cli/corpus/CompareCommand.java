package io.modeldiff.web.cli.corpus;

import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.corpus.ComparedCorpus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff corpus compare}. */
@Command(
    name = "compare",
    description =
        "Compare two models over a corpus: the mean of every measure with its 95% bootstrap interval and a paired test, the distribution, the extreme phrases.")
final class CompareCommand extends ResultCommand {
  @Mixin private PairOptions options = new PairOptions();

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private RankingOptions ranking = new RankingOptions();

  @Option(
      names = "--by",
      paramLabel = "FIELD",
      description = "Also the mean for each value of a metadata field.")
  private @Nullable String by;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of the bootstrap (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  CompareCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    ComparedCorpus.Summary summary = new ComparedCorpus.Summary(true, by, seed);
    ComparedCorpus found = options.compare(console(), server, ranking.query(), summary);
    if (json()) {
      JsonDocument.print(console(), found);
    } else {
      print(found);
    }
  }

  private void print(ComparedCorpus r) {
    console()
        .out()
        .printf(
            "%s, m2 − m1; m1 = %s, m2 = %s; %,d phrases%n",
            r.corpus(), r.m1(), r.m2(), r.phrases());
    console()
        .out()
        .printf(
            "%-32s %12s  %-27s %9s %10s%n",
            "measure", "mean", "95% interval", "m2−m1>0", "p (paired)");
    for (ComparedCorpus.Mean m : r.measures()) {
      console()
          .out()
          .printf(
              "%-32s %12.5f  [%12.5f,%12.5f] %8.1f%% %10.2g%n",
              m.id(),
              m.means().mean(),
              m.means().low(),
              m.means().high(),
              100 * m.means().positive(),
              m.means().pValue());
    }
    r.slices()
        .forEach(
            s ->
                console()
                    .out()
                    .printf(
                        "  %s = %s: %.5f [%.5f, %.5f], %,d phrases%n",
                        by,
                        s.value(),
                        s.means().mean(),
                        s.means().low(),
                        s.means().high(),
                        s.means().phrases()));
    if (r.auc() != null) {
      console().out().printf("  %s tells the two apart with AUC %.4f%n", r.measure(), r.auc());
    }
    r.skipped()
        .forEach((i, why) -> console().note("Phrase " + i + " is not compared: it " + why + "."));
    console().out().println("Most different by " + r.measure() + ":");
    r.top().stream().limit(5).forEach(s -> console().out().println(Views.line(s)));
  }
}
