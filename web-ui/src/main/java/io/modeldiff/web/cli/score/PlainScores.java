package io.modeldiff.web.cli.score;

import io.modeldiff.core.lm.TokenScores;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.cli.console.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scores for people: a line per text, and a line per token where there are few texts. */
final class PlainScores implements ScoreOutput {
  private final Console console;
  private final boolean perToken;
  private @Nullable Tokenizer tokenizer;

  PlainScores(Console console, boolean perToken) {
    this.console = console;
    this.perToken = perToken;
  }

  @Override
  public void model(ModelHeading model) {
    tokenizer = model.tokenizer();
    console.out().printf("# %s (nats per token, tokens, text)%n", model.named());
  }

  @Override
  public void text(TextScorer.Scored scored) {
    TokenScores scores = scored.scores();
    String nll = scores == null ? "-" : String.format(Locale.ROOT, "%.6f", scores.nll());
    console.out().printf("%s\t%d\t%s%n", nll, scored.ids().length, oneLine(scored.text()));
    if (perToken && scores != null && tokenizer != null) {
      for (int i = 0; i < scores.logProb().length; i++) {
        int id = scored.ids()[scores.from() + i];
        console
            .out()
            .printf(
                Locale.ROOT,
                "  %8d  %-16s  log p %10.5f  rank %d%n",
                id,
                oneLine(tokenizer.token(id)),
                scores.logProb()[i],
                scores.rank()[i]);
      }
    }
  }

  private static String oneLine(String text) {
    return text.replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  @Override
  public void end(boolean complete) {
    console.out().flush();
  }

  @Override
  public void close() {
    console.out().flush();
  }
}
