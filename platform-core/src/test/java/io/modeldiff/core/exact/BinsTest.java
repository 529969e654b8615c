package io.modeldiff.core.exact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BinsTest {
  @Test
  void add_valuesOnEdges_belongToTheBinThatBeginsThere() {
    Bins bins = new Bins(0.1);
    for (int k = -5; k <= 5; k++) {
      bins.add(k * 0.1);
    }
    ExactHistogram histogram = bins.histogram();
    assertThat(histogram.counts()).containsOnly(1L).hasSize(11);
    assertThat(histogram.edges()).hasSize(12);
    assertThat(histogram.edges()[0]).isEqualTo(-5 * 0.1);
  }

  @Test
  void add_farApart_keepsWhatWasCounted() {
    Bins bins = new Bins(1);
    bins.add(0.5);
    bins.add(-2.5);
    bins.add(3.5);
    assertThat(bins.histogram().counts()).containsExactly(1, 0, 0, 1, 0, 0, 1);
    assertThat(bins.histogram().edges()).containsExactly(-3, -2, -1, 0, 1, 2, 3, 4);
  }

  @Test
  void histogram_nothingCounted_isEmpty() {
    assertThat(new Bins(1).histogram().edges()).isEmpty();
  }
}
