package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.ComparisonService.Input;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The representative inputs of a comparison as a corpus, heaviest first, with D for slices. */
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
    if (!direction.equals("AB") && !direction.equals("BA")) {
      throw UserException.badInput(
          "The direction should be AB (inputs that A finds) or BA, but was '" + direction + "'.");
    }
    if (!RunningPlatform.await(platform.replicas().registry().all())
        .comparisons()
        .containsKey(comparison)) {
      throw UserException.badInput("There is no comparison '" + comparison + "'.");
    }
    @Nullable Outcome outcome = platform.analysis().of(comparison);
    if (outcome == null) {
      throw UserException.badInput(
          "Comparison " + comparison + " has no sampled inputs yet; let it run on first.");
    }
    Tokenizer tokenizer =
        ModelDirectory.open(Path.of(outcome.comparison().spec().sides().get(0).model().path()))
            .tokenizer();
    List<Phrase> phrases = new ArrayList<>();
    for (Input input :
        SampledInputs.of(
            outcome, direction, -Double.MAX_VALUE, Double.MAX_VALUE, limit, tokenizer)) {
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
