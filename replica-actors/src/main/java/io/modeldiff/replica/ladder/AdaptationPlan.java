package io.modeldiff.replica.ladder;

/**
 * How long a ladder adapts and what it may change.
 *
 * @param phases number of phases; 0 leaves the ladder as it is
 * @param firstRounds rounds of the first phase; each phase is twice as long as the one before
 * @param resize whether the number of rungs may change to 2Λ+1 and grow towards β*
 * @param targetEnergy n·z₊, which E[E] at the far end has to pass; NaN if that is not asked
 */
public record AdaptationPlan(int phases, long firstRounds, boolean resize, double targetEnergy) {
  private static final int PHASES = 3;
  private static final double SHARE = 0.1;
  private static final long LEAST_FIRST = 2;

  /** Leaves the ladder alone, as the paper does. */
  public static final AdaptationPlan NONE = new AdaptationPlan(0, 0, false, Double.NaN);

  /**
   * Three phases within a tenth of a run's rounds.
   *
   * @param rounds rounds that the budget allows in all
   * @param targetEnergy n·z₊
   */
  public static AdaptationPlan within(long rounds, double targetEnergy) {
    long first = Math.max(LEAST_FIRST, (long) (SHARE * rounds / ((1L << PHASES) - 1)));
    return new AdaptationPlan(PHASES, first, true, targetEnergy);
  }

  /** Length of a phase in rounds. */
  public long roundsOf(int phase) {
    return firstRounds << phase;
  }

  /** Rounds of all phases. */
  public long totalRounds() {
    return phases == 0 ? 0 : firstRounds * ((1L << phases) - 1);
  }
}
