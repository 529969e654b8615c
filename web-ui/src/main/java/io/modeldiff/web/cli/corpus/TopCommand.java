package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.comparison.Histogram;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.corpus.PairOptions.Pair;
import io.modeldiff.web.cli.corpus.Views.Snippet;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.service.CorpusService;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff corpus top}. */
@Command(name = "top", description = "The phrases of a corpus where two models differ the most.")
final class TopCommand extends ResultCommand {
  @Mixin private PairOptions options = new PairOptions();

  @Mixin private ServerOptions server = new ServerOptions();

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
    Optional<RemoteControl> running = options.running(server);
    if (running.isPresent()) {
      CorpusService.Query query =
          ranking.query(options.corpus(), options.first(), options.second());
      print(running.get().ranking(query));
    } else {
      options.compare(console(), this::print);
    }
  }

  private void print(CorpusService.Ranking found) {
    if (json()) {
      JsonDocument.print(console(), found);
      return;
    }
    head(found.query().a(), found.query().b());
    found.snippets().forEach(s -> line(s.value(), s.index(), s.text()));
  }

  private void head(String first, String second) {
    console()
        .out()
        .println(ranking.measure().title() + ", m2 − m1; m1 = " + first + ", m2 = " + second);
  }

  private void line(double value, int phrase, String text) {
    console().out().printf("%12.5f  #%-6d %s%n", value, phrase, Views.shown(text));
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
    head(pair.first(), pair.second());
    result.results().forEach(s -> line(s.value(), s.phrase(), s.text()));
  }
}
