package io.modeldiff.replica.pilot;

import io.modeldiff.core.campaign.Sizing;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.smc.SmcSpec;

/**
 * What the pilot is asked.
 *
 * @param seed the campaign's seed
 * @param range Z, nats per token
 * @param scored n
 * @param particles particles per replicate
 * @param replicates replicates per inverse temperature
 */
public record PilotSpec(long seed, NllRange range, int scored, int particles, int replicates) {
  /** Stream of the pilot's SMC runs. */
  public static final int STREAM = 1;

  /**
   * A pilot of the usual size for a budget.
   *
   * @param evaluations budget of the campaign that it begins
   */
  public static PilotSpec standard(long seed, NllRange range, int scored, long evaluations) {
    return new PilotSpec(
        seed, range, scored, Sizing.pilotParticles(evaluations), Sizing.pilotReplicates());
  }

  /** The population to run at an inverse temperature. */
  public SmcSpec population(double beta) {
    return new SmcSpec(seed, STREAM, beta, particles);
  }
}
