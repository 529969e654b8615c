package io.modeldiff.analysis.lmdiff.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AucTest {
  private static final Measure MEASURE = Measure.BITS_PER_BYTE;

  @Test
  void auc_twoSlicesWithTies_equalsTheCountOverAllPairs() {
    SplittableRandom random = new SplittableRandom(11);
    double[] values = new double[60];
    List<Phrase> phrases = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(8);
      phrases.add(new Phrase("p" + i, List.of(i % 3 == 0 ? "a" : "b")));
    }
    double wins = 0;
    int pairs = 0;
    for (int i = 0; i < values.length; i += 3) {
      for (int j = 0; j < values.length; j++) {
        if (j % 3 != 0) {
          wins += values[i] > values[j] ? 1 : values[i] == values[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    double auc = wins / pairs;
    assertThat(auc(values, phrases)).isCloseTo(Math.max(auc, 1 - auc), within(1e-12));
  }

  @Test
  void auc_oneSlice_isNotDefined() {
    ComparisonTable table = table(new double[] {1, 2});
    ListCorpus corpus =
        ListCorpus.of(
            "c",
            "human_created",
            List.of("by"),
            List.of(new Phrase("x", List.of("a")), new Phrase("y", List.of("a"))));
    assertThat(Slices.auc(table, corpus, "by", MEASURE)).isEmpty();
  }

  private static double auc(double[] values, List<Phrase> phrases) {
    ListCorpus corpus = ListCorpus.of("c", "human_created", List.of("by"), phrases);
    return Slices.auc(table(values), corpus, "by", MEASURE).orElseThrow();
  }

  private static ComparisonTable table(double[] values) {
    int[] index = new int[values.length];
    for (int i = 0; i < index.length; i++) {
      index[i] = i;
    }
    return new ComparisonTable(index, index, Map.of(MEASURE, values), Map.of());
  }
}
