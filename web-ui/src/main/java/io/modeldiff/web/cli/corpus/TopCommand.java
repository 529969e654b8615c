package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.comparison.Histogram;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.corpus.PairOptions.Pair;
import io.modeldiff.web.cli.corpus.Views.Snippet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff corpus top}. */
@Command(name = "top", description = "The phrases of a corpus where two models differ the most.")
final class TopCommand extends ResultCommand {
  @Mixin private PairOptions options = new PairOptions();

  @Mixin private RankingOptions ranking = new RankingOptions();

  TopCommand(Console console) {
    super(console);
  }

  /** The document; the histogram is over the whole corpus. */
  record Result(
      String m1,
      String m2,
      String corpus,
      String measure,
      String order,
      List<Snippet> results,
      Histogram histogram) {}

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
            ranking.measure().id(),
            Views.order(ranking.ascending()).name().toLowerCase(java.util.Locale.ROOT),
            Views.snippets(pair, ranking.measure(), ranking.rank(pair)),
            Histogram.of(pair.table().column(ranking.measure()), ranking.bins()));
    if (json()) {
      JsonDocument.print(console(), result);
      return;
    }
    console()
        .out()
        .println(
            ranking.measure().title()
                + ", m2 − m1; m1 = "
                + pair.first()
                + ", m2 = "
                + pair.second());
    for (Snippet s : result.results()) {
      console().out().printf("%12.5f  #%-6d %s%n", s.value(), s.phrase(), Views.shown(s.text()));
    }
  }
}
