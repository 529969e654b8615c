package io.modeldiff.analysis.resampling;

/**
 * Which lanes leave the sample together in the jackknife: each alone up to 32 lanes, above that 32
 * groups of (nearly) equal size, which bounds the work without losing degrees of freedom that
 * matter.
 *
 * @param lanes number of independent lanes or replicates
 */
public record LaneGroups(int lanes) {
  /** Groups are never more than this, so that two campaigns' groups fit one 64-bit set. */
  public static final int MAX_GROUPS = 32;

  public LaneGroups {
    if (lanes < 1) {
      throw new IllegalArgumentException("at least one lane is needed, but got " + lanes);
    }
  }

  /** Number of groups G. */
  public int groups() {
    return Math.min(lanes, MAX_GROUPS);
  }

  /** The group of a lane. */
  public int of(int lane) {
    return lane % groups();
  }

  /** Lanes in a group. */
  public int size(int group) {
    return (lanes - group - 1) / groups() + 1;
  }
}
