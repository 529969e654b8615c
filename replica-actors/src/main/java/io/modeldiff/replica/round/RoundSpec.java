package io.modeldiff.replica.round;

import io.modeldiff.core.error.UserException;
import io.modeldiff.replica.kernel.KernelMix;
import io.modeldiff.replica.kernel.KernelName;

/**
 * What stays the same in every round of a campaign.
 *
 * @param seed the campaign's seed
 * @param moves S, local moves per round in lanes that are not refreshed
 * @param kernels the mixture that the moves are drawn from
 * @param refresh whether lanes at β=1 and β=0 are drawn anew, independently, every round
 * @param start how the first sequences are drawn
 */
public record RoundSpec(
    long seed, int moves, KernelMix kernels, boolean refresh, StartState start) {
  /** Moves per round unless said otherwise. */
  public static final int DEFAULT_MOVES = 2;

  public RoundSpec {
    if (moves < 1) {
      throw UserException.badInput(
          "A round needs at least 1 local move, but " + moves + " were asked for.");
    }
  }

  /** Suffix regeneration with refresh: the platform's own set-up. */
  public static RoundSpec standard(long seed) {
    return new RoundSpec(
        seed, DEFAULT_MOVES, KernelMix.only(KernelName.SUFFIX), true, StartState.ANCESTRAL);
  }
}
