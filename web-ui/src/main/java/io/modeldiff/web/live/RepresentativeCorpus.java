package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.inputs.Input;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.RepresentativeInputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The representative inputs of a comparison as a corpus, with D for slices. */
public final class RepresentativeCorpus {
  private static final List<String> COLUMNS =
      List.of("direction", "D", "zA", "zB", "log10Weight", "sameTokens");

  private RepresentativeCorpus() {}

  /**
   * Reads the inputs of a comparison.
   *
   * @param direction {@code AB}: found by A; {@code BA}: found by B
   * @param limit the most phrases
   * @param name the corpus' name
   * @throws UserException when there is nothing yet
   */
  public static ListCorpus of(
      RunningPlatform platform, String comparison, String direction, int limit, String name) {
    if (!RunningPlatform.await(platform.replicas().registry().all())
        .comparisons()
        .containsKey(comparison)) {
      throw UserException.badInput("There is no comparison '" + comparison + "'.");
    }
    @Nullable Outcome outcome = platform.analysis(comparison).outcome();
    if (outcome == null) {
      throw UserException.badInput(
          "Comparison " + comparison + " has no sampled inputs yet; let it run on first.");
    }
    Tokenizer tokenizer =
        ModelDirectory.open(Path.of(outcome.comparison().spec().sides().get(0).model().path()))
            .tokenizer();
    List<Phrase> phrases = new ArrayList<>();
    InputQuery all = InputQuery.of(direction, -InputQuery.WIDEST, InputQuery.WIDEST, limit);
    for (Input input : new RepresentativeInputs(outcome).page(all, tokenizer).inputs()) {
      // A phrase is one line; what it cannot hold it says by sameTokens.
      String text = input.text().replaceAll("\\R|\\p{Cntrl}", " ");
      if (!text.isBlank()) {
        phrases.add(new Phrase(text, columns(input, text, tokenizer)));
      }
    }
    return ListCorpus.of(name, "machine_generated", COLUMNS, phrases);
  }

  private static List<String> columns(Input input, String text, Tokenizer tokenizer) {
    int[] ids = input.ids().stream().mapToInt(Integer::intValue).toArray();
    return List.of(
        input.direction(),
        Double.toString(input.d()),
        Double.toString(input.zA()),
        Double.toString(input.zB()),
        Double.toString(input.log10Weight()),
        Boolean.toString(java.util.Arrays.equals(tokenizer.encode(text), ids)));
  }
}
