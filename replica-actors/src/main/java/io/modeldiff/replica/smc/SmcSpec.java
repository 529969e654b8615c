package io.modeldiff.replica.smc;

import io.modeldiff.core.error.UserException;

/**
 * One population of particles.
 *
 * @param seed the campaign's seed
 * @param stream distinguishes the uses of SMC within a campaign (pilot, estimator)
 * @param beta inverse temperature of the target, not negative
 * @param particles M
 */
public record SmcSpec(long seed, int stream, double beta, int particles) {
  /** Particles per replicate unless said otherwise. */
  public static final int DEFAULT_PARTICLES = 1000;

  /** Replicates per inverse temperature unless said otherwise. */
  public static final int DEFAULT_REPLICATES = 16;

  public SmcSpec {
    if (particles < 2) {
      throw UserException.badInput(
          "Position-SMC needs at least 2 particles, but " + particles + " were asked for.");
    }
    if (!Double.isFinite(beta) || beta < 0) {
      throw UserException.badInput(
          "The inverse temperature of position-SMC must be finite and not negative, but was "
              + beta
              + ".");
    }
  }
}
