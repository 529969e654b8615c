package io.modeldiff.web.lab;

import io.modeldiff.analysis.comparison.CampaignInput;
import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.reweighting.SmcWeights;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.local.TemperingRun;
import io.modeldiff.replica.smc.SmcResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One model's samples of one run, ready to be scored by the other model.
 *
 * @param evaluations what they cost, pilot included
 * @param seconds wall time of the sampling
 */
record LabSide(
    List<int[]> tokens,
    double[] energies,
    short[] lane,
    short[] rung,
    double[] logImportance,
    Weighting weighting,
    double evaluations,
    double seconds) {

  /** How samples get their counting weights. */
  sealed interface Weighting {
    /** MBAR over a ladder. */
    record Ladder(Rungs rungs, int lanes) implements Weighting {}

    /** Unbiased normalisers of populations, [rung][replicate]. */
    record Populations(double[] beta, double[][] logZ, int[] particles) implements Weighting {}
  }

  static LabSide of(TemperingRun run, double evaluations, double seconds) {
    double[] betas = run.schedule().ladder().betas();
    int lanes = run.energies()[0].length;
    int rounds = run.energies()[0][0].length;
    int size = betas.length * lanes * rounds;
    Columns columns = new Columns(size);
    for (int k = 0; k < betas.length; k++) {
      for (int c = 0; c < lanes; c++) {
        for (int t = 0; t < rounds; t++) {
          columns.add(run.tokens()[k][c][t], run.energies()[k][c][t], c, k, 0);
        }
      }
    }
    return columns.side(
        new Weighting.Ladder(withOne(betas), lanes), new double[0], evaluations, seconds);
  }

  /** The ladder with an empty rung at β=1, whose normaliser is known, if it has none. */
  private static Rungs withOne(double[] betas) {
    if (Arrays.stream(betas).anyMatch(b -> b == 1.0)) {
      return Rungs.of(betas);
    }
    double[] more = Arrays.copyOf(betas, betas.length + 1);
    more[betas.length] = 1.0;
    return Rungs.of(more);
  }

  /** Populations of position-SMC, one list per inverse temperature. */
  static LabSide of(List<List<SmcResult>> populations, double evaluations, double seconds) {
    int size = populations.stream().flatMap(List::stream).mapToInt(r -> r.energies().length).sum();
    Columns columns = new Columns(size);
    double[] beta = new double[populations.size()];
    double[][] logZ = new double[populations.size()][];
    int[] particles = new int[populations.size()];
    for (int k = 0; k < populations.size(); k++) {
      List<SmcResult> replicates = populations.get(k);
      beta[k] = replicates.get(0).beta();
      particles[k] = replicates.get(0).energies().length;
      logZ[k] = replicates.stream().mapToDouble(SmcResult::logZ).toArray();
      for (int r = 0; r < replicates.size(); r++) {
        SmcResult one = replicates.get(r);
        for (int p = 0; p < particles[k]; p++) {
          double importance =
              SmcWeights.logImportance(one.logWeights()[p], particles[k], one.logZ());
          columns.add(one.tokens()[p], one.energies()[p], r, k, importance);
        }
      }
    }
    return columns.side(
        new Weighting.Populations(beta, logZ, particles), columns.importance, evaluations, seconds);
  }

  /** The comparison's input: samples inside Z scored by the other model. */
  CampaignInput scoredBy(LanguageModel other, InputSpace space, NllRange range) {
    int n = space.scored();
    float[] own = new float[energies.length];
    List<Integer> inside = new ArrayList<>();
    for (int i = 0; i < own.length; i++) {
      own[i] = (float) (energies[i] / n);
      if (range.contains(own[i])) {
        inside.add(i);
      }
    }
    int[][] wanted = inside.stream().map(tokens::get).toArray(int[][]::new);
    double[] scores = wanted.length == 0 ? new double[0] : other.energies(space, wanted);
    float[] theirs = new float[own.length];
    boolean[] scored = new boolean[own.length];
    for (int j = 0; j < scores.length; j++) {
      theirs[inside.get(j)] = (float) (scores[j] / n);
      scored[inside.get(j)] = true;
    }
    List<SampleBatch> batch =
        List.of(new SampleBatch(own, theirs, scored, lane, rung, logImportance));
    if (weighting instanceof Weighting.Ladder ladder) {
      return CampaignInput.tempering(
          batch, ladder.rungs(), ladder.lanes(), n, space.logPartitionAtOne());
    }
    Weighting.Populations p = (Weighting.Populations) weighting;
    return CampaignInput.of(batch, SmcWeights.of(p.beta(), p.logZ(), p.particles()));
  }

  /** Columns being filled. */
  private static final class Columns {
    private final List<int[]> tokens;
    private final double[] energies;
    private final short[] lane;
    private final short[] rung;
    private final double[] importance;

    Columns(int size) {
      tokens = new ArrayList<>(size);
      energies = new double[size];
      lane = new short[size];
      rung = new short[size];
      importance = new double[size];
    }

    void add(int[] sequence, double energy, int laneIndex, int rungIndex, double logImportance) {
      int i = tokens.size();
      tokens.add(sequence);
      energies[i] = energy;
      lane[i] = (short) laneIndex;
      rung[i] = (short) rungIndex;
      importance[i] = logImportance;
    }

    LabSide side(Weighting weighting, double[] logImportance, double evaluations, double seconds) {
      return new LabSide(
          tokens, energies, lane, rung, logImportance, weighting, evaluations, seconds);
    }
  }
}
