package io.modeldiff.web.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.web.lab.SeedRun.Quantity;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedTableTest {
  private static CountEstimate estimate(double value, double relSe) {
    double log = Math.log(value);
    return new CountEstimate(
        log, relSe, log - 1.96 * relSe, log + 1.96 * relSe, null, 100, 10, 1000);
  }

  private static SeedRun run(long seed, Quantity quantity) {
    return new SeedRun(
        seed, Collections.nCopies(SeedRun.NAMES.size(), quantity), 0.004, 0.005, true, 1000);
  }

  @Test
  void quantity_truthInsideOrOutsideTheInterval_saysSo() {
    assertThat(Quantity.of(estimate(102, 0.02), Math.log(100)).covered()).isTrue();
    assertThat(Quantity.of(estimate(110, 0.02), Math.log(100)).covered()).isFalse();
    assertThat(Quantity.of(estimate(102, 0.02), Math.log(100)).off())
        .isCloseTo(0.02, within(1e-12));
  }

  @Test
  void quantity_nothingSeen_isNeitherOffNorCovered() {
    CountEstimate none = new CountEstimate(null, null, null, null, Math.log(5), 0, 0, 0);
    Quantity q = Quantity.of(none, Math.log(3));
    assertThat(q.off()).isNull();
    assertThat(q.covered()).isFalse();
  }

  @Test
  void table_twoSeeds_summarisesAndMarksMisses() {
    SeedTable table =
        SeedTable.of(
            List.of(
                run(1, new Quantity(0.03, 0.01, false)), run(2, new Quantity(-0.04, 0.03, true))));
    SeedTable.Summary first = table.summary().get(0);
    assertThat(first.worst()).isEqualTo(0.04);
    assertThat(first.rms()).isCloseTo(Math.sqrt((9e-4 + 16e-4) / 2), within(1e-12));
    assertThat(first.meanSe()).isCloseTo(0.02, within(1e-12));
    assertThat(first.errorRatio()).isCloseTo(Math.sqrt(25.0 / 10), within(1e-12));
    assertThat(first.covered()).isEqualTo(0.5);
    assertThat(first.coveredLow()).isCloseTo(0.0126, within(1e-4));
    assertThat(first.coveredHigh()).isCloseTo(0.9874, within(1e-4));
    assertThat(table.independent()).isNull();
    assertThat(table.lines().get(2)).startsWith("| 1 | +3.00%* |").endsWith("| yes |");
    assertThat(table.lines()).anyMatch(l -> l.startsWith("| truth in the 95% interval | 50.00% |"));
  }

  private static SeedRun run(long seed, double... offs) {
    return new SeedRun(
        seed,
        Arrays.stream(offs).mapToObj(off -> new Quantity(off, 0.01, true)).toList(),
        0.004,
        0.005,
        true,
        1000);
  }

  @Test
  void table_quantitiesThatAreOffTogether_countAsOne() {
    SeedTable together =
        SeedTable.of(
            List.of(
                run(1, .01, .02, -.01, .01, .01, .01, .01),
                run(2, -.01, -.02, .01, -.01, -.01, -.01, -.01),
                run(3, .02, .04, -.02, .02, .02, .02, .02)));
    assertThat(together.independent()).isCloseTo(1, within(1e-9));
    assertThat(together.lines()).last().asString().contains("worth 1.0 independent ones");
    SeedTable apart =
        SeedTable.of(
            List.of(
                run(1, .01, .01, .01, .01, -.01, -.01, -.01),
                run(2, .01, .01, .01, .01, .01, .01, .01),
                run(3, -.01, -.01, -.01, -.01, -.01, -.01, -.01),
                run(4, -.01, -.01, -.01, -.01, .01, .01, .01)));
    // Four equal ones and three equal ones, uncorrelated: 49 / (16 + 9).
    assertThat(apart.independent()).isCloseTo(49.0 / 25, within(1e-9));
  }
}
