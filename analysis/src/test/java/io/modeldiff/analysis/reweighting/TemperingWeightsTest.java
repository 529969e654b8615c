package io.modeldiff.analysis.reweighting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.comparison.CampaignInput;
import io.modeldiff.analysis.comparison.Comparison;
import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.toy.ToyPair;
import io.modeldiff.analysis.toy.ToySampler;
import io.modeldiff.core.space.NllRange;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Binned solves, floors and left-out lanes, each against a slower or exact way. */
class TemperingWeightsTest {
  private static final double[] LADDER = {1.0, 1.3, 0.7, 0.4};
  private static final ToyPair PAIR = new ToyPair(11, 5, 6, 1.0, 0.3);
  private static final NllRange Z =
      new NllRange(PAIR.quantileA(0.03) + 1e-4, PAIR.quantileA(0.25) + 1e-4);

  private static SampleBatch batch(boolean a, double floor, long seed) {
    return ToySampler.chains(PAIR, a, LADDER, floor, 8, 200, 0.5, false, Z, seed);
  }

  @Test
  void solve_binnedEnergies_agreesWithAllSamples() {
    SampleBatch b = batch(true, -1, 1);
    EnergyCounts counts = new EnergyCounts(Rungs.of(LADDER), new LaneGroups(8));
    double[][] reduced = new double[4][b.size()];
    double[] n = new double[4];
    for (int i = 0; i < b.size(); i++) {
      double energy = 6.0 * b.zOwn()[i];
      counts.add(b.lane()[i], b.rung()[i], energy);
      n[b.rung()[i]]++;
      for (int k = 0; k < 4; k++) {
        reduced[k][i] = LADDER[k] * energy;
      }
    }
    CampaignWeights w = TemperingWeights.solve(counts, 0);
    double[] f =
        MbarSolver.solve(MbarProblem.ofReducedPotentials(reduced, n, List.of(new Pin(0, 0))))
            .require()
            .f();
    for (int k = 0; k < 4; k++) {
      assertThat(-w.logPartition(k).value()).isCloseTo(f[k], within(1e-5));
      double exact = PAIR.logPartition(true, LADDER[k]);
      assertThat(w.logPartition(k).value()).isCloseTo(exact, within(0.1));
    }
  }

  @Test
  void solve_firstTokenUnscored_shiftsCountsByTheVocabulary() {
    SampleBatch b = batch(true, -1, 2);
    CampaignWeights zero = CampaignInput.tempering(List.of(b), Rungs.of(LADDER), 8, 6, 0).weights();
    CampaignWeights logV =
        CampaignInput.tempering(List.of(b), Rungs.of(LADDER), 8, 6, Math.log(5)).weights();
    assertThat(logV.logWeight(9) - zero.logWeight(9)).isCloseTo(Math.log(5), within(1e-9));
  }

  @Test
  void solve_rungsWithAFloor_countsStayExact() {
    double floor = PAIR.quantileA(0.01) + 1e-4;
    double[] floors = new double[4];
    Arrays.fill(floors, 6 * floor);
    floors[0] = Double.NEGATIVE_INFINITY;
    Rungs rungs = new Rungs(LADDER, floors);
    long[] truth = PAIR.truth(Z, 0);
    double worst = 0;
    for (int seed = 0; seed < 5; seed++) {
      CampaignInput a =
          CampaignInput.tempering(List.of(batch(true, floor, 10 + seed)), rungs, 8, 6, 0);
      CampaignInput b =
          CampaignInput.tempering(List.of(batch(false, floor, 20 + seed)), rungs, 8, 6, 0);
      ComparisonResult r = Comparison.of(a, b, new ComparisonSpec(6, Z, 0, 0.02));
      worst =
          Math.max(
              worst,
              Math.max(distance(r.countA(), truth[0]), distance(r.terms().paBA(), truth[5])));
      // A sample below the floor can only come from the rung without one.
      double below = a.weights().logWeight(6 * floor - 0.1);
      assertThat(below).isCloseTo(6 * floor - 0.1 - Math.log(1600), within(1e-9));
    }
    assertThat(worst).isLessThan(4.5);
  }

  private static double distance(CountEstimate e, long exact) {
    return Math.abs(Objects.requireNonNull(e.log()) - Math.log(exact))
        / Objects.requireNonNull(e.relSe());
  }

  @Test
  void replicate_withoutALane_equalsAComparisonWithoutIt() {
    SampleBatch a = batch(true, -1, 31);
    SampleBatch b = batch(false, -1, 32);
    ComparisonSpec spec = new ComparisonSpec(6, Z, 0, 0.05);
    ComparisonResult all = Comparison.of(input(a, 8), input(b, 8), spec);
    for (int lane : new int[] {0, 3, 7}) {
      ComparisonResult withoutA = Comparison.of(input(dropped(a, lane), 7), input(b, 8), spec);
      ComparisonResult withoutB = Comparison.of(input(a, 8), input(dropped(b, lane), 7), spec);
      for (int bin = 0; bin < all.rhoA().bins().size(); bin++) {
        double[] replicates = all.rhoA().replicateLogs().get(bin);
        assertSame(replicates[1 + lane], withoutA.rhoA().bins().get(bin));
        assertSame(replicates[9 + lane], withoutB.rhoA().bins().get(bin));
      }
    }
  }

  private static void assertSame(double replicate, CountEstimate e) {
    if (e.log() == null) {
      assertThat(replicate).isEqualTo(Double.NEGATIVE_INFINITY);
    } else {
      assertThat(replicate).isCloseTo(e.log(), within(2e-4));
    }
  }

  private static CampaignInput input(SampleBatch batch, int lanes) {
    return CampaignInput.tempering(List.of(batch), Rungs.of(LADDER), lanes, 6, 0);
  }

  private static SampleBatch dropped(SampleBatch b, int lane) {
    int n = b.size() * 7 / 8;
    SampleBatch kept =
        new SampleBatch(
            new float[n], new float[n], new boolean[n], new short[n], new short[n], new double[0]);
    int j = 0;
    for (int i = 0; i < b.size(); i++) {
      if (b.lane()[i] != lane) {
        kept.zOwn()[j] = b.zOwn()[i];
        kept.zOther()[j] = b.zOther()[i];
        kept.scored()[j] = b.scored()[i];
        kept.rung()[j] = b.rung()[i];
        kept.lane()[j++] = (short) (b.lane()[i] - (b.lane()[i] > lane ? 1 : 0));
      }
    }
    return kept;
  }
}
