package io.modeldiff.core.campaign;

/** How large a campaign's parts are when nobody says: functions of its space and budget. */
public final class Sizing {
  private static final int FEWEST_LANES = 16;
  // Larger batches gain little on a processor, and lanes beyond this cost memory first.
  private static final int MOST_LANES = 128;
  private static final int MOST_LANES_LARGE = 32;
  private static final int LARGE_VOCABULARY = 8192;
  // A lane costs about two evaluations a round (two half suffixes and the canonical pass) on each
  // of about six rungs; at least 60 rounds are to count after pilot, adaptation and burn-in, which
  // take about a fifth of the budget.
  private static final long EVALUATIONS_PER_LANE = 950;
  // log of the number of inputs up to which uniform draws meet the model's own often enough.
  private static final double SMALL_SPACE = 30;
  private static final double NATS_PER_GAP = 20;
  private static final int PILOT_REPLICATES = 16;

  private Sizing() {}

  /**
   * Lanes that fill a batch and still leave about 60 counted rounds: a power of two from 16 to 128,
   * to 32 where the vocabulary is large.
   */
  public static int lanes(SpaceSpec space, long evaluations) {
    int most = space.allowedCount() > LARGE_VOCABULARY ? MOST_LANES_LARGE : MOST_LANES;
    long affordable = Math.max(1, evaluations / EVALUATIONS_PER_LANE);
    return (int) Math.max(FEWEST_LANES, Math.min(most, Long.highestOneBit(affordable)));
  }

  /**
   * Whether the ladder begins at β = 0, so that its log Z can be held against the known number of
   * inputs: where the space is small enough for that to cost one rung.
   */
  public static boolean closure(SpaceSpec space, SamplingMethod method, double[] ladder) {
    return method == SamplingMethod.TEMPERING
        && ladder.length == 0
        && logSize(space) <= SMALL_SPACE;
  }

  /** Gaps to begin with between β = 0 and the rest of a ladder; adaptation may change them. */
  public static int closureGaps(SpaceSpec space) {
    return Math.max(1, (int) Math.ceil(logSize(space) / NATS_PER_GAP));
  }

  /** Replicates of the pilot at each β: enough for an error bar of their own. */
  public static int pilotReplicates() {
    return PILOT_REPLICATES;
  }

  /** Particles of each: about a hundredth of the budget goes into a β. */
  public static int pilotParticles(long evaluations) {
    return (int) Math.max(40, Math.min(128, evaluations / (100L * PILOT_REPLICATES)));
  }

  private static double logSize(SpaceSpec space) {
    return space.length() * Math.log(space.allowedCount());
  }
}
