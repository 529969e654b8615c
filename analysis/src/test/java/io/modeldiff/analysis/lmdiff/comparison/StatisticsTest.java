package io.modeldiff.analysis.lmdiff.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.lmdiff.ReferencePairs;
import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheHeader;
import io.modeldiff.analysis.lmdiff.comparison.DatasetErrors.Finding;
import io.modeldiff.analysis.lmdiff.comparison.DatasetErrors.Kind;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheFile;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheWriter;
import io.modeldiff.analysis.lmdiff.format.ComparisonCsv;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
  @Test
  void compare_originalsCaches_hasTheOriginalsEightMeasures() throws IOException {
    ComparisonTable table = compare("lm_a", "lm_b");
    List<ComparisonCsv.Row> rows = ComparisonCsv.read(ReferencePairs.FAR.csv("lm_a", "lm_b"));
    for (int r = 0; r < rows.size(); r++) {
      for (int m = 0; m < Measure.ORIGINAL.size(); m++) {
        assertThat(table.column(Measure.ORIGINAL.get(m))[r])
            .isCloseTo(rows.get(r).values()[m], within(1e-7));
      }
    }
  }

  @Test
  void compare_swapped_mirrorsSignedMeasures() {
    ComparisonTable forward = compare("lm_a", "lm_b");
    ComparisonTable backward = compare("lm_b", "lm_a");
    for (String pair :
        List.of(
            "max_rank_diff min_rank_diff",
            "avg_surprisal_diff avg_surprisal_diff",
            "median_prob_diff median_prob_diff",
            "bits_per_byte_diff bits_per_byte_diff")) {
      double[] a = forward.column(Measure.named(pair.split(" ")[0]));
      double[] b = backward.column(Measure.named(pair.split(" ")[1]));
      for (int i = 0; i < a.length; i++) {
        assertThat(a[i]).isCloseTo(-b[i], within(1e-6));
      }
    }
  }

  @Test
  void compare_cacheOfAnotherCorpus_isRefused(@TempDir Path folder) throws IOException {
    Path other = folder.resolve("other.h5");
    try (AnalysisCache a = AnalysisCacheFile.open(ReferencePairs.FAR.cache("lm_a"))) {
      CacheHeader h = a.header();
      CacheHeader changed = new CacheHeader("more", "0".repeat(64), h.vocabHash(), "lm_b");
      try (AnalysisCacheWriter writer = new AnalysisCacheWriter(other, changed, a.vocabulary())) {
        writer.add(a.get(0));
        writer.finish();
      }
      try (AnalysisCache b = AnalysisCacheFile.open(other)) {
        assertThatThrownBy(() -> CorpusComparison.compare(a, b, 50, n -> {}))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("of corpus sixty")
            .hasMessageContaining("of corpus more");
      }
    }
  }

  @Test
  void column_divergenceNotComputed_saysHow() {
    assertThatThrownBy(() -> compare("lm_a", "lm_b").column(Measure.named("avg_js")))
        .hasMessageContaining("--divergences");
    assertThatThrownBy(() -> Measure.named("avg_nonsense")).hasMessageContaining("choose one of");
  }

  @Test
  void top_filtersAndEitherSign_giveTheSortedRest() {
    ComparisonTable table = compare("lm_a", "lm_b");
    Measure measure = Measure.named("avg_prob_diff");
    double[] values = table.column(measure);
    var up = Ranking.top(table, measure, Ranking.Order.ASCENDING, false, 7, row -> true);
    var down =
        Ranking.top(table, measure, Ranking.Order.DESCENDING, true, 200, row -> values[row] > 0);
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    for (int i = 0; i < 7; i++) {
      assertThat(up.get(i).value()).isEqualTo(sorted[i]);
    }
    assertThat(down).isNotEmpty().allMatch(r -> r.value() > 0);
    assertThat(down).isSortedAccordingTo((x, y) -> Double.compare(y.value(), x.value()));
  }

  @Test
  void filter_boundsTextAndSlice_allHold() {
    ListCorpus corpus =
        ListCorpus.of(
            "c",
            "human_created",
            List.of("source"),
            List.of(
                new Phrase("A cat", List.of("x")),
                new Phrase("a CAT too", List.of("y")),
                new Phrase("dog", List.of("y"))));
    Measure m = Measure.named("avg_rank_diff");
    ComparisonTable table =
        new ComparisonTable(
            new int[] {0, 1, 2}, new int[] {1, 1, 1}, Map.of(m, new double[] {1, 2, 3}), Map.of());
    RowFilter filter =
        new RowFilter(
            List.of(RowFilter.Bound.parse("avg_rank_diff:1.5:")),
            Optional.of("cat"),
            Map.of("source", "y"));
    assertThat(Ranking.top(table, m, Ranking.Order.DESCENDING, true, 9, filter.on(table, corpus)))
        .singleElement()
        .returns(1, Ranking.Ranked::phrase);
    assertThatThrownBy(() -> RowFilter.Bound.parse("avg_rank_diff:x:"))
        .hasMessageContaining("'x' is not a number");
    assertThat(Slices.by(table, corpus, "source", m, 1).get(0).means().mean()).isEqualTo(2.5);
  }

  @Test
  void histogram_valuesOnEdges_countsAsNumPyDoes() {
    Histogram h = Histogram.of(new double[] {0, 0.1, 0.2, 0.3, 0.7, 1, 1}, 10);
    assertThat(h.counts()).containsExactly(1, 1, 2, 0, 0, 0, 1, 0, 0, 2);
    Histogram constant = Histogram.of(new double[] {2, 2}, 2);
    assertThat(constant.edges()).containsExactly(1.5, 2, 2.5);
    assertThat(constant.counts()).containsExactly(0, 2);
    assertThatThrownBy(() -> Histogram.of(new double[] {1}, 0)).isInstanceOf(UserException.class);
  }

  @Test
  void means_normalSample_coversTheTruthAndTheTestRejectsAShift() {
    SplittableRandom random = new SplittableRandom(7);
    int covered = 0;
    for (int repeat = 0; repeat < 60; repeat++) {
      double[] values = new double[300];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            0.2
                + java.util.stream.IntStream.range(0, 12)
                    .mapToDouble(x -> random.nextDouble())
                    .sum()
                - 6;
      }
      CorpusMeans means = CorpusMeans.of(values, repeat);
      covered += means.low() <= 0.2 && 0.2 <= means.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(50, 60);
    double[] shifted = new double[200];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = 0.5 + random.nextDouble() - 0.5;
    }
    assertThat(CorpusMeans.of(shifted, 1).pValue()).isLessThan(1e-6);
  }

  @Test
  void wilcoxon_withTiesAndZeros_equalsScipy() {
    // scipy.stats.wilcoxon(x, correction=True, method="approx")
    assertThat(
            CorpusMeans.wilcoxon(new double[] {1.1, -2.2, 3.3, 4.4, -0.5, 6.6, 7.7, 8.8, -1.5, 10}))
        .isCloseTo(0.052787000632224565, within(1e-12));
    assertThat(CorpusMeans.wilcoxon(new double[] {1, -1, 2, 2, -3, 0, 4, 1, 1, -2, 5, 3}))
        .isCloseTo(0.16500116168404932, within(1e-12));
  }

  @Test
  void errors_plantedLines_comeOutOnTop() {
    List<Phrase> phrases = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      phrases.add(
          Phrase.of("The committee met on day " + i + " and agreed to review item " + i * 7 + "."));
    }
    phrases.set(11, Phrase.of("GTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGTGT"));
    phrases.set(
        23, Phrase.of("the results of the trial were â€œpositiveâ€\u009d for naÃ¯ve patients"));
    phrases.set(37, Phrase.of("broken\u0000line\u0007here"));
    phrases.set(41, Phrase.of(phrases.get(5).text()));
    List<Finding> findings =
        DatasetErrors.find(ListCorpus.of("c", "human_created", List.of(), phrases));
    assertThat(findings).extracting(Finding::phrase).containsOnly(11, 23, 37, 41);
    assertThat(findings.get(findings.size() - 1).kind()).isEqualTo(Kind.DUPLICATE);
    assertThat(findings)
        .filteredOn(f -> f.kind() == Kind.REPETITION)
        .extracting(Finding::phrase)
        .containsExactly(11);
  }

  private static ComparisonTable compare(String first, String second) {
    try (AnalysisCache a = AnalysisCacheFile.open(ReferencePairs.FAR.cache(first));
        AnalysisCache b = AnalysisCacheFile.open(ReferencePairs.FAR.cache(second))) {
      return CorpusComparison.compare(a, b, 50, n -> {});
    }
  }
}
