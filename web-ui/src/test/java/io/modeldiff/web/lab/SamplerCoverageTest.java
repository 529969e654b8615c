package io.modeldiff.web.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.comparison.Comparison;
import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the nominal 95% intervals hold the exact value when the samples come from the samplers
 * themselves: pilot, adaptation, burn-in, swaps and cross-scoring included.
 */
@Tag("heavy")
class SamplerCoverageTest {
  private static final int SEEDS = 400;
  private static final double LARGE_ERROR = 0.15;

  @ParameterizedTest
  @CsvSource({"SUFFIX, 5000", "SUFFIX, 20000", "SMC, 3000"})
  void intervals_ofShortAndLongRuns_coverBetween91And99Percent(
      LabMethod method, double evaluations) {
    LabSpec spec = TablePair.spec(evaluations);
    LabTruth truth = TablePair.truth();
    List<SeedRun> runs = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      runs.add(SeedRun.of(seed, compared(spec, method, seed), true, evaluations, truth));
    }
    SeedTable table = SeedTable.of(runs);
    List<String> lines = table.lines().subList(2 + SEEDS, table.lines().size());
    System.out.println(method + ", " + evaluations + " evaluations, seeds 1 to " + SEEDS);
    lines.forEach(System.out::println);
    for (SeedTable.Summary s : table.summary()) {
      assertThat(s.covered()).as(s.quantity() + " in\n" + lines).isBetween(0.91, 0.99);
      // Of errors beyond that, the jackknife of a logarithm states up to a quarter too much.
      if (s.meanSe() < LARGE_ERROR) {
        assertThat(s.errorRatio()).as(s.quantity() + " in\n" + lines).isBetween(0.85, 1.15);
      }
    }
  }

  private static ComparisonResult compared(LabSpec spec, LabMethod method, long seed) {
    LabSide a = new LabSampler(TablePair.A, spec, seed).run(method);
    LabSide b = new LabSampler(TablePair.B, spec, ~seed).run(method);
    return Comparison.of(
        a.scoredBy(TablePair.B, spec.space(), spec.range()),
        b.scoredBy(TablePair.A, spec.space(), spec.range()),
        new ComparisonSpec(spec.space().scored(), spec.range(), 0, spec.bin()));
  }
}
