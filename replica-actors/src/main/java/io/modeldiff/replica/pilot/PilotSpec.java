package io.modeldiff.replica.pilot;

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

  private static final int DEFAULT_PARTICLES = 250;
  private static final int DEFAULT_REPLICATES = 4;

  /** A pilot of the usual size: 1,000 particles in 4 replicates at each inverse temperature. */
  public static PilotSpec standard(long seed, NllRange range, int scored) {
    return new PilotSpec(seed, range, scored, DEFAULT_PARTICLES, DEFAULT_REPLICATES);
  }

  /** The population to run at an inverse temperature. */
  public SmcSpec population(double beta) {
    return new SmcSpec(seed, STREAM, beta, particles);
  }
}
