package io.modeldiff.replica.ladder;

import java.util.Arrays;

/**
 * Ladder adaptation by equal rejection (Syed et al. 2021, algorithm 2): phases of doubling length,
 * after each of which the rungs move to equal increments of the estimated barrier Λ = Σ of the
 * rejection rates. Rungs at β=1 and at both ends stay. Rounds of adaptation are never estimates.
 *
 * @param ladder in force in this phase
 * @param phase number of the phase, from 0
 * @param rounds rounds of this phase so far
 * @param rejection [pairs] sums of rejection probabilities in this phase
 * @param attempts [pairs] swaps tried in this phase
 * @param energy [rungs] sums of the energies seen at each rung in this phase, nats
 * @param samples number of energies in each of these sums
 */
public record Adaptation(
    Ladder ladder,
    int phase,
    long rounds,
    double[] rejection,
    long[] attempts,
    double[] energy,
    long samples) {
  private static final double HARDLY = 0.95;

  /** Begins with a ladder. */
  public static Adaptation start(Ladder ladder) {
    return phase(ladder, 0);
  }

  private static Adaptation phase(Ladder ladder, int phase) {
    int pairs = ladder.size() - 1;
    return new Adaptation(
        ladder, phase, 0, new double[pairs], new long[pairs], new double[ladder.size()], 0);
  }

  /**
   * Takes up one round.
   *
   * @param roundRejection [pairs] sums of rejection probabilities of the round
   * @param roundAttempts [pairs] swaps tried in the round
   * @param rungs [replicas][lanes] rung of each lane in the round
   * @param energies [replicas][lanes] nats
   */
  public Adaptation with(
      double[] roundRejection, int[] roundAttempts, int[][] rungs, double[][] energies) {
    double[] newRejection = rejection.clone();
    long[] newAttempts = attempts.clone();
    for (int k = 0; k < newAttempts.length; k++) {
      newRejection[k] += roundRejection[k];
      newAttempts[k] += roundAttempts[k];
    }
    double[] newEnergy = energy.clone();
    for (int r = 0; r < rungs.length; r++) {
      for (int c = 0; c < rungs[r].length; c++) {
        newEnergy[rungs[r][c]] += energies[r][c];
      }
    }
    return new Adaptation(
        ladder, phase, rounds + 1, newRejection, newAttempts, newEnergy, samples + rungs[0].length);
  }

  /** Whether this phase has run its length. */
  public boolean phaseDone(AdaptationPlan plan) {
    return rounds >= plan.roundsOf(phase);
  }

  /** Whether this was the last phase. */
  public boolean done(AdaptationPlan plan) {
    return phase + 1 >= plan.phases() && phaseDone(plan);
  }

  /** Mean rejection probability of each pair in this phase, 0 where none was tried. */
  public double[] rejectionRates() {
    double[] rates = new double[attempts.length];
    Arrays.setAll(rates, k -> attempts[k] == 0 ? 0 : rejection[k] / attempts[k]);
    return rates;
  }

  /** Λ̂, the sum of the rejection rates. */
  public double barrier() {
    return Arrays.stream(rejectionRates()).sum();
  }

  /** Mean energy at a rung in this phase, nats; NaN before the first round. */
  public double meanEnergy(int rung) {
    return energy[rung] / samples;
  }

  /** The next phase, with the rungs moved; its ladder may have another size. */
  public Adaptation next(AdaptationPlan plan) {
    return phase(improved(plan), phase + 1);
  }

  /** The ladder that this phase recommends. */
  public Ladder improved(AdaptationPlan plan) {
    if (ladder.size() < 2) {
      return ladder;
    }
    BarrierCurve curve = BarrierCurve.ofRejections(ladder, rejectionRates());
    int one = ladder.rungOf(1.0).orElse(-1);
    double[] betas;
    if (one > 0 && one < ladder.size() - 1) {
      double[] low = stretch(curve.part(0, one), plan, one);
      double[] high = stretch(curve.part(one, ladder.size() - 1), plan, ladder.size() - 1 - one);
      betas = Arrays.copyOf(low, low.length + high.length - 1);
      System.arraycopy(high, 1, betas, low.length, high.length - 1);
    } else {
      betas = stretch(curve, plan, ladder.size() - 1);
    }
    return grown(new Ladder(betas), plan);
  }

  /** Equal increments on one side of β=1, with 2Λ+1 rungs where the plan allows. */
  private static double[] stretch(BarrierCurve part, AdaptationPlan plan, int gaps) {
    int wanted = gaps;
    if (plan.resize()) {
      wanted = Math.max(1, (int) Math.ceil(2 * part.total()));
      // One rung more or less is not worth a change, unless hardly a swap passes.
      boolean passes = part.total() < HARDLY * gaps;
      wanted = Math.abs(wanted - gaps) <= 1 && passes ? gaps : wanted;
    }
    return part.ladder(wanted + 1).betas();
  }

  /** One more rung beyond the far end if E[z] there has not yet passed the upper end of Z. */
  private Ladder grown(Ladder next, AdaptationPlan plan) {
    if (!plan.resize() || Double.isNaN(plan.targetEnergy())) {
      return next;
    }
    int far = ladder.farEnd();
    double gap = Math.abs(next.beta(far == 0 ? 0 : next.size() - 1) - inner(next, far));
    double end = ladder.beta(far);
    if (end > 1 && meanEnergy(far) > plan.targetEnergy()) {
      return with(next, end + gap);
    }
    if (end < 1 && end > 0 && meanEnergy(far) < plan.targetEnergy()) {
      return with(next, Math.max(0, end - gap));
    }
    return next;
  }

  private static double inner(Ladder next, int far) {
    return next.beta(far == 0 ? 1 : next.size() - 2);
  }

  private static Ladder with(Ladder ladder, double beta) {
    double[] betas = Arrays.copyOf(ladder.betas(), ladder.size() + 1);
    betas[ladder.size()] = beta;
    return Ladder.of(betas);
  }
}
