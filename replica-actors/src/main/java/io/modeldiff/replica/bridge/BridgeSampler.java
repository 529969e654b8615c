package io.modeldiff.replica.bridge;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.replica.smc.LogSum;

/**
 * Populations at every state between two models (statistics, section 2): rungs π ∝ p_A^{β(1−t)}
 * p_B^{βt} that go where neither model's own samples do. The same plan gives the same samples.
 */
public final class BridgeSampler {
  private static final long STREAM = 2;

  private BridgeSampler() {}

  /**
   * The samples, in a fixed order.
   *
   * @param zA NLL under A, nats per scored token
   * @param zB NLL under B
   * @param weight how many equally weighted samples of its state each stands for; mean 1
   * @param state index into the plan's states
   * @param replicate independent simulation
   */
  public record Samples(float[] zA, float[] zB, double[] weight, int[] state, int[] replicate) {}

  /**
   * Places the states.
   *
   * @param high upper end of Z, nats per token
   * @param evaluations full-sequence passes of both models together
   */
  public static BridgePlan plan(
      LanguageModel a,
      LanguageModel b,
      InputSpace space,
      double high,
      long evaluations,
      long seed) {
    return BridgePilot.plan(a, b, space, high, evaluations, seed);
  }

  /** Runs a plan. */
  public static Samples run(
      LanguageModel a, LanguageModel b, InputSpace space, BridgePlan plan, WorkMonitor monitor) {
    Population[] populations = new Population[plan.populations()];
    try (BridgeSmc smc = new BridgeSmc(a, b, space, plan.particles())) {
      for (int i = 0; i < populations.length; i++) {
        monitor.checkStop();
        Mixture mixture = plan.mixture(i / plan.replicates());
        populations[i] = smc.run(mixture, plan.seed(), STREAM, i);
        monitor.done(i + 1L);
      }
    }
    return samples(populations, space.scored(), plan);
  }

  private static Samples samples(Population[] populations, int scored, BridgePlan plan) {
    int m = plan.particles();
    int size = populations.length * m;
    Samples all =
        new Samples(
            new float[size], new float[size], new double[size], new int[size], new int[size]);
    for (int i = 0; i < populations.length; i++) {
      int state = i / plan.replicates();
      double share = share(populations, i, state * plan.replicates(), plan.replicates());
      for (int p = 0; p < m; p++) {
        int at = i * m + p;
        all.zA()[at] = (float) (populations[i].energyA()[p] / scored);
        all.zB()[at] = (float) (populations[i].energyB()[p] / scored);
        all.weight()[at] = populations[i].weight()[p] * share * m * plan.replicates();
        all.state()[at] = state;
        all.replicate()[at] = i % plan.replicates();
      }
    }
    return all;
  }

  /** A replicate's part of its state: populations count in proportion to their normalisers. */
  private static double share(Population[] populations, int own, int first, int replicates) {
    double[] logs = new double[replicates];
    for (int r = 0; r < replicates; r++) {
      logs[r] = populations[first + r].logZ();
    }
    return Math.exp(populations[own].logZ() - LogSum.of(logs));
  }
}
