package io.modeldiff.web.corpus;

import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What models said of a corpus: the document of {@code corpus analyze}. */
public record AnalyzedCorpus(String corpus, List<Summary> results) {

  /** A phrase that could not be scored. */
  public record Fault(int phrase, String reason) {}

  /**
   * One model's analysis.
   *
   * @param found phrases whose scores were there before
   * @param meanNll mean over phrases of the mean surprisal, nats per token
   * @param bitsPerByte total surprisal per UTF-8 byte of the scored phrases
   */
  public record Summary(
      String model,
      int phrases,
      int found,
      long tokens,
      @Nullable Double meanNll,
      @Nullable Double bitsPerByte,
      List<Fault> faults) {

    static Summary of(String model, int found, ChunkedCache cache) {
      List<Fault> faults = new ArrayList<>();
      double means = 0;
      double nats = 0;
      long tokens = 0;
      long bytes = 0;
      int scored = 0;
      for (int i = 0; i < cache.size(); i++) {
        PhraseScores p = cache.get(i);
        if (p.fault().isPresent()) {
          faults.add(new Fault(i, p.fault().get()));
        } else {
          scored++;
          tokens += p.length();
          nats += p.surprisal();
          means += p.surprisal() / p.length();
          bytes += p.phrase().getBytes(StandardCharsets.UTF_8).length;
        }
      }
      return new Summary(
          model,
          cache.size(),
          found,
          tokens,
          scored == 0 ? null : means / scored,
          scored == 0 ? null : nats / Math.log(2) / bytes,
          faults);
    }
  }
}
