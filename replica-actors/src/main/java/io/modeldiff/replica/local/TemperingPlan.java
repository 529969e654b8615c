package io.modeldiff.replica.local;

import io.modeldiff.core.error.UserException;
import io.modeldiff.replica.ladder.AdaptationPlan;
import io.modeldiff.replica.round.RoundSpec;
import io.modeldiff.replica.schedule.Schedule;

/**
 * A run of replica exchange in memory.
 *
 * @param rounds what every round does
 * @param schedule first ladder, steps and bias
 * @param lanes C
 * @param evaluations budget, adaptation and burn-in included
 * @param adaptation how the ladder adapts before samples count
 * @param burnIn share of the frozen rounds that do not count
 */
public record TemperingPlan(
    RoundSpec rounds,
    Schedule schedule,
    int lanes,
    double evaluations,
    AdaptationPlan adaptation,
    double burnIn) {
  /** Share of the frozen rounds that do not count, unless said otherwise. */
  public static final double BURN_IN = 0.1;

  public TemperingPlan {
    if (lanes < 1) {
      throw UserException.badInput(
          "A replica needs at least 1 lane, but --lanes was " + lanes + ".");
    }
  }
}
