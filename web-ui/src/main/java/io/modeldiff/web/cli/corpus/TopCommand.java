package io.modeldiff.web.cli.corpus;

import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.corpus.ComparedCorpus;
import io.modeldiff.web.corpus.PhraseQuery;
import io.modeldiff.web.corpus.RankedCorpus;
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

  @Override
  protected void run() {
    PhraseQuery query = ranking.query();
    RankedCorpus found =
        RankedCorpus.of(
            options.compare(console(), server, query, ComparedCorpus.Summary.NONE), query);
    if (json()) {
      JsonDocument.print(console(), found);
      return;
    }
    console()
        .out()
        .println(query.by().title() + ", m2 − m1; m1 = " + found.m1() + ", m2 = " + found.m2());
    found.results().forEach(s -> console().out().println(Views.line(s)));
  }
}
