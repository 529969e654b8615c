package io.modeldiff.analysis.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.bridge.BridgeSamples.State;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.toy.ToyPair;
import io.modeldiff.core.space.NllRange;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Models that hardly agree anywhere: the bridge finds the exact rare counts. */
class BridgeEstimatorTest {
  private static final ToyPair FAR = new ToyPair(3, 5, 6, 1.2, 1.6);
  private static final List<State> STATES =
      List.of(
          new State(0, 1),
          new State(0.25, 1.2),
          new State(0.5, 1.4),
          new State(0.75, 1.2),
          new State(1, 1));

  private static BridgeSamples draw(int lanes, int steps, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = STATES.size() * lanes * steps;
    BridgeSamples s =
        new BridgeSamples(
            new float[n], new float[n], new double[n], new int[n], new int[n], new int[n]);
    Arrays.fill(s.weight(), 1);
    int i = 0;
    for (int k = 0; k < STATES.size(); k++) {
      double[] cumulative = new double[FAR.size];
      double sum = 0;
      for (int x = 0; x < FAR.size; x++) {
        sum += Math.exp(STATES.get(k).logDensity(6.0 * FAR.zA[x], 6.0 * FAR.zB[x]));
        cumulative[x] = sum;
      }
      for (int lane = 0; lane < lanes; lane++) {
        for (int step = 0; step < steps; step++, i++) {
          int at = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
          int x = Math.min(FAR.size - 1, at < 0 ? -at - 1 : at + 1);
          s.zA()[i] = FAR.zA[x];
          s.zB()[i] = FAR.zB[x];
          s.state()[i] = k;
          s.lane()[i] = lane;
        }
      }
    }
    return s;
  }

  @Test
  void of_rareAgreement_nearExactWithClosure() {
    float[] sorted = FAR.zA.clone();
    Arrays.sort(sorted);
    NllRange z = new NllRange(0.0, sorted[150] + 1e-6);
    long[] truth = FAR.truth(z, 0);
    assertThat((double) truth[2] / truth[0]).as("overlap must be rare").isBetween(1e-9, 0.25);
    BridgeEstimator.Result r =
        BridgeEstimator.of(
            STATES, draw(16, 150, 5), new int[] {16}, new ComparisonSpec(6, z, 0, 0.02), 0);
    List<CountEstimate> counts =
        List.of(r.countA(), r.countB(), r.countAB(), r.pdAB(), r.paAB(), r.paBA(), r.pdBA());
    for (int q = 0; q < 7; q++) {
      CountEstimate e = counts.get(q);
      double relSe = Objects.requireNonNull(e.relSe());
      assertThat(relSe).as("quantity %s", q).isLessThan(0.3);
      assertThat((Objects.requireNonNull(e.log()) - Math.log(truth[q])) / relSe)
          .as("quantity %s against %s", q, truth[q])
          .isBetween(-4.0, 4.0);
    }
    assertThat(r.closure().agrees()).as("%s", r.closure()).isTrue();
    assertThat(Objects.requireNonNull(r.closure().se())).isBetween(1e-4, 0.2);
  }

  @Test
  void of_agreementNeverSeen_givesAnUpperBound() {
    float[] sorted = FAR.zA.clone();
    Arrays.sort(sorted);
    NllRange z = new NllRange(0.0, sorted[12] + 1e-6);
    BridgeEstimator.Result r =
        BridgeEstimator.of(
            STATES, draw(8, 40, 6), new int[] {8}, new ComparisonSpec(6, z, 0, 0.02), 0);
    long[] truth = FAR.truth(z, 0);
    assertThat(r.countA().observed()).isTrue();
    int bounds = 0;
    List<CountEstimate> counts = List.of(r.countAB(), r.pdAB(), r.paAB(), r.paBA(), r.pdBA());
    for (int q = 0; q < 5; q++) {
      Double upper = counts.get(q).logUpper();
      if (upper != null) {
        bounds++;
        assertThat(Math.exp(upper)).isGreaterThanOrEqualTo(truth[2 + q]);
      }
    }
    assertThat(bounds).isPositive();
  }
}
