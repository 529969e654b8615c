package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.comparison.Histogram;
import io.modeldiff.analysis.lmdiff.comparison.Slices;
import io.modeldiff.analysis.lmdiff.comparison.Slices.Slice;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.corpus.PairOptions.Pair;
import io.modeldiff.web.cli.corpus.Views.Mean;
import io.modeldiff.web.cli.corpus.Views.Snippet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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

  /**
   * The document.
   *
   * @param auc how well the measure tells two slices apart, 0.5 to 1; null without two slices
   */
  record Result(
      String m1,
      String m2,
      String corpus,
      int phrases,
      Map<Integer, String> skipped,
      List<Mean> measures,
      String measure,
      Histogram histogram,
      List<Slice> slices,
      @Nullable Double auc,
      List<Snippet> top) {}

  @Override
  protected void run() {
    ranking.measure();
    options.compare(console(), this::print);
  }

  private void print(Pair pair) {
    Result result =
        new Result(
            pair.first(),
            pair.second(),
            pair.corpus().info().name(),
            pair.table().rows(),
            pair.table().skipped(),
            Views.means(pair.table(), seed),
            ranking.measure().id(),
            Histogram.of(pair.table().column(ranking.measure()), ranking.bins()),
            by == null
                ? List.of()
                : Slices.by(pair.table(), pair.corpus(), by, ranking.measure(), seed),
            auc(pair),
            Views.snippets(pair, ranking.measure(), ranking.rank(pair)));
    if (json()) {
      JsonDocument.print(console(), result);
    } else {
      print(result);
    }
  }

  private @Nullable Double auc(Pair pair) {
    if (by == null) {
      return null;
    }
    OptionalDouble auc = Slices.auc(pair.table(), pair.corpus(), by, ranking.measure());
    return auc.isPresent() ? auc.getAsDouble() : null;
  }

  private void print(Result r) {
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
    for (Mean m : r.measures()) {
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
    r.top().stream()
        .limit(5)
        .forEach(
            s ->
                console()
                    .out()
                    .printf("%12.5f  #%-6d %s%n", s.value(), s.phrase(), Views.shown(s.text())));
  }
}
