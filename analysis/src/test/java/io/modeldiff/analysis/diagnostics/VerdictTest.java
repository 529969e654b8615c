package io.modeldiff.analysis.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.comparison.CampaignInput;
import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.reweighting.CampaignWeights;
import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.reweighting.SmcPartition;
import io.modeldiff.analysis.toy.ToyPair;
import io.modeldiff.analysis.toy.ToySampler;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final double[] LADDER = {1.0, 0.6, 0.3, 0.0};
  private static final ToyPair PAIR = new ToyPair(5, 4, 6, 1.0, 0.3);

  private static CampaignWeights weights(long seed) {
    SampleBatch batch =
        ToySampler.chains(PAIR, true, LADDER, -1, 16, 300, 0.3, true, new NllRange(0.5, 2), seed);
    return CampaignInput.tempering(List.of(batch), Rungs.of(LADDER), 16, 6, 0).weights();
  }

  @Test
  void closure_goodSampler_agrees() {
    for (int seed = 0; seed < 10; seed++) {
      Discrepancy d = Objects.requireNonNull(Discrepancy.closure(weights(seed), 6 * Math.log(4)));
      assertThat(d.agrees()).as("seed %s: %s", seed, d).isTrue();
      assertThat(d.se()).isBetween(1e-4, 0.1);
    }
  }

  @Test
  void closure_wrongSpace_disagrees() {
    Discrepancy d = Objects.requireNonNull(Discrepancy.closure(weights(1), 6 * Math.log(5)));
    assertThat(d.agrees()).isFalse();
  }

  @Test
  void between_bothRight_agreesAtEveryRung() {
    CampaignWeights w = weights(2);
    for (int seed = 0; seed < 20; seed++) {
      SmcPartition smc = SmcPartition.of(populations(seed));
      for (int k = 1; k < LADDER.length; k++) {
        SmcPartition.Estimate estimate =
            Objects.requireNonNull(smc.at(LADDER[k], Double.NEGATIVE_INFINITY));
        assertThat(estimate.value())
            .as("seed %s, beta %s", seed, LADDER[k])
            .isCloseTo(PAIR.logPartition(true, LADDER[k]), within(5 * estimate.spread().se()));
        Discrepancy d = Discrepancy.between(w.logPartition(k), estimate);
        assertThat(d.agrees()).as("seed %s, beta %s: %s", seed, LADDER[k], d).isTrue();
        assertThat(d.se()).isLessThan(0.3);
      }
    }
  }

  @Test
  void between_oneWrong_disagrees() {
    CampaignWeights w = weights(2);
    SmcPartition smc = SmcPartition.of(populations(1));
    SmcPartition.Estimate right = Objects.requireNonNull(smc.at(0.6, Double.NEGATIVE_INFINITY));
    SmcPartition.Estimate wrong = new SmcPartition.Estimate(right.value() + 0.3, right.spread());
    assertThat(Discrepancy.between(w.logPartition(1), wrong).agrees()).isFalse();
  }

  @Test
  void at_farFromEveryPopulation_isNotEstimated() {
    SmcPartition smc = SmcPartition.of(populations(1));
    assertThat(smc.at(8, Double.NEGATIVE_INFINITY)).isNull();
    assertThat(SmcPartition.of(List.of()).at(1, Double.NEGATIVE_INFINITY)).isNull();
  }

  /** 16 replicates of 100 exact draws at each of two β's, as a pilot would have them. */
  private static List<SmcPartition.Population> populations(long seed) {
    double[] betas = {0.9, 0.4};
    double[][] logZ = new double[2][16];
    SampleBatch batch =
        ToySampler.smc(PAIR, true, betas, 16, 100, logZ, new NllRange(0.5, 2), 100 + seed);
    double[][][] energies = new double[2][16][100];
    double[][][] weights = new double[2][16][100];
    int[][] filled = new int[2][16];
    for (int i = 0; i < batch.size(); i++) {
      int k = batch.rung()[i];
      int r = batch.lane()[i];
      int at = filled[k][r]++;
      energies[k][r][at] = 6 * (double) batch.zOwn()[i];
      weights[k][r][at] = batch.logImportance()[i] - Math.log(100) - logZ[k][r];
    }
    List<SmcPartition.Population> all = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      for (int r = 0; r < 16; r++) {
        all.add(new SmcPartition.Population(betas[k], energies[k][r], weights[k][r], logZ[k][r]));
      }
    }
    return all;
  }

  @Test
  void verdict_everythingGood_converged() {
    Verdict v =
        Verdict.builder()
            .rHat(Map.of(1.0, 1.01, 1.2, 1.03))
            .smcAgreement(Map.of(1.2, new Discrepancy(-0.15, 0.1)))
            .closure(null)
            .binEss(120)
            .targetError(0.04, 0.05)
            .build();
    assertThat(v.converged()).isTrue();
    assertThat(v.headline()).startsWith("Converged");
    assertThat(v.criteria()).filteredOn(c -> c.status() == Verdict.Status.NOT_CHECKED).hasSize(1);
  }

  @Test
  void verdict_stuckSampler_namesTheDiagnostics() {
    Verdict v =
        Verdict.builder()
            .rHat(Map.of(1.0, 1.01, 1.2, 1.91))
            .smcAgreement(Map.of(1.1, new Discrepancy(0.1, 0.2), 1.2, new Discrepancy(-4.9, 0.2)))
            .build();
    assertThat(v.converged()).isFalse();
    assertThat(v.failures())
        .extracting(Verdict.Criterion::name)
        .containsExactly("rHat", "smcAgreement");
    assertThat(v.headline()).startsWith("NOT CONVERGED").contains("1.910", "1.2", "-4.900");
  }

  @Test
  void verdict_chainsThatDoNotMove_notConverged() {
    Verdict v = Verdict.builder().rHat(Map.of(1.0, 1.0, 2.0, Double.NaN)).build();
    assertThat(v.converged()).isFalse();
    assertThat(v.headline()).contains("do not move");
  }

  @Test
  void isBimodal_tellsTwoModesFromOne() {
    SplittableRandom r = new SplittableRandom(1);
    double[] normal = new double[400];
    double[] exponential = new double[400];
    double[] uniform = new double[400];
    double[] two = new double[400];
    for (int i = 0; i < 400; i++) {
      normal[i] = r.nextGaussian();
      exponential[i] = -Math.log(1 - r.nextDouble());
      uniform[i] = r.nextDouble();
      two[i] = r.nextGaussian() * 0.2 + (i % 3 == 0 ? 1 : 3);
    }
    assertThat(PhaseChange.isBimodal(normal)).isFalse();
    assertThat(PhaseChange.isBimodal(exponential)).isFalse();
    assertThat(PhaseChange.isBimodal(uniform)).isFalse();
    assertThat(PhaseChange.isBimodal(two)).isTrue();
  }

  @Test
  void findings_jumpBetweenRungs_isSaid() {
    SplittableRandom r = new SplittableRandom(2);
    double[][] z = new double[3][300];
    for (int i = 0; i < 300; i++) {
      z[0][i] = 3.5 + 0.1 * r.nextGaussian();
      z[1][i] = 3.4 + 0.1 * r.nextGaussian();
      z[2][i] = 1.5 + 0.1 * r.nextGaussian();
    }
    List<String> found = PhaseChange.findings(new double[] {1, 1.1, 1.2}, z, 25);
    assertThat(found).hasSize(1);
    assertThat(found.get(0)).contains("1.10 and 1.20", "3.40 to 1.49");
  }

  @Test
  void repetitionShare_countsRepeatedNgrams() {
    assertThat(Repetition.share(new int[] {1, 2, 1, 2, 1, 2}, 2)).isCloseTo(0.6, within(1e-12));
    assertThat(Repetition.share(new int[] {1, 2, 3}, 2)).isZero();
    assertThat(Repetition.share(new int[] {1}, 2)).isZero();
  }
}
