package io.modeldiff.analysis.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.reweighting.CampaignWeights;
import io.modeldiff.analysis.reweighting.EnergyCounts;
import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.reweighting.TemperingWeights;
import io.modeldiff.core.space.NllRange;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sizes that real campaigns reach; timings are printed, generous limits are asserted. */
@Tag("heavy")
class ComparisonSpeedTest {
  private static final double[] LADDER = {1, 1.1, 1.2, 1.3, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4};

  /** Energies of 25 independent tokens whose NLLs are exponential: solvable, with known shape. */
  private static SampleBatch batch(int samples, int lanes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SampleBatch b =
        new SampleBatch(
            new float[samples],
            new float[samples],
            new boolean[samples],
            new short[samples],
            new short[samples],
            new double[0]);
    for (int i = 0; i < samples; i++) {
      int k = i % LADDER.length;
      b.rung()[i] = (short) k;
      b.lane()[i] = (short) ((i / LADDER.length) % lanes);
      double e = 0;
      for (int t = 0; t < 5; t++) {
        e -= Math.log(1 - random.nextDouble());
      }
      double z = 3 + (e - 5) * 0.12 / LADDER[k] - 0.8 * (LADDER[k] - 1);
      b.zOwn()[i] = (float) z;
      b.zOther()[i] = (float) (z + 0.2 * (random.nextDouble() - 0.5));
      b.scored()[i] = true;
    }
    return b;
  }

  @Test
  void solve_200000SamplesTenRungs_takesWellUnderASecondWithJackknife() {
    SampleBatch b = batch(200_000, 16, 1);
    for (int repeat = 0; repeat < 3; repeat++) {
      long start = System.nanoTime();
      EnergyCounts counts = new EnergyCounts(Rungs.of(LADDER), new LaneGroups(16));
      for (int i = 0; i < b.size(); i++) {
        counts.add(b.lane()[i], b.rung()[i], 25.0 * b.zOwn()[i]);
      }
      long counted = System.nanoTime();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      CampaignWeights w = TemperingWeights.solve(counts, 0);
      cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
      long solved = System.nanoTime();
      System.out.printf(
          "200,000 samples x 10 rungs: count %.3f s, solve with 16 left-out lanes %.3f s (%.3f s of one core; log Z(0.4) = %.4f)%n",
          (counted - start) / 1e9, (solved - counted) / 1e9, cpu / 1e9, w.logPartition(9).value());
      assertThat(cpu).isLessThan(2_000_000_000L);
    }
  }

  @Test
  void of_tenMillionSamples_takesUnderFiveSeconds() {
    SampleBatch a = batch(5_000_000, 16, 2);
    SampleBatch b = batch(5_000_000, 16, 3);
    Rungs rungs = Rungs.of(LADDER);
    NllRange z = new NllRange(2.6, 3.2);
    CampaignInput inputA = CampaignInput.tempering(List.of(a), rungs, 16, 25, 0);
    CampaignInput inputB = CampaignInput.tempering(List.of(b), rungs, 16, 25, 0);
    for (int repeat = 0; repeat < 3; repeat++) {
      long start = System.nanoTime();
      ComparisonResult r =
          Comparison.of(inputA, inputB, new ComparisonSpec(25, z, 0.01 * repeat, 0.02));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "10,000,000 samples (%d in X_A): histograms, sweep of %d and errors in %.2f s%n",
          r.countA().samples(), r.sweep().size(), seconds);
      assertThat(seconds).isLessThan(15);
    }
  }
}
