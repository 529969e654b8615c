package io.modeldiff.replica.flat;

import io.modeldiff.replica.kernel.KernelMix;
import io.modeldiff.replica.round.RoundSpec;
import io.modeldiff.replica.round.StartState;

/**
 * A Wang-Landau run.
 *
 * @param rounds what every round does
 * @param replicate number of the run; takes the place of the replica in the keys of its randomness
 * @param beta inverse temperature of the proposals and of the target that is flattened
 * @param first bins before anything is learnt
 * @param lanes walkers
 * @param evaluations budget
 * @param learning share of the budget in which h is learnt; the rest samples with h frozen
 */
public record FlatPlan(
    RoundSpec rounds,
    int replicate,
    double beta,
    FlatHistogram first,
    int lanes,
    double evaluations,
    double learning) {
  private static final double LEARNING = 0.4;
  private static final int MOVES = 4;

  /** Suffix and window moves, two fifths of the budget for learning. */
  public static FlatPlan of(
      long seed,
      double beta,
      double low,
      double high,
      double width,
      int lanes,
      double evaluations) {
    FlatHistogram first = FlatHistogram.over(low, high, width, lanes);
    return replicate(seed, 0, beta, first, lanes, evaluations);
  }

  /** One of several independent runs: replicates share nothing but the bins. */
  public static FlatPlan replicate(
      long seed, int replicate, double beta, FlatHistogram first, int lanes, double evaluations) {
    RoundSpec rounds =
        new RoundSpec(seed, MOVES, KernelMix.parse("suffix:3,window"), true, StartState.ANCESTRAL);
    return new FlatPlan(rounds, replicate, beta, first, lanes, evaluations, LEARNING);
  }
}
