package io.modeldiff.analysis.history;

import io.modeldiff.analysis.comparison.TermErrors;
import io.modeldiff.core.campaign.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * When a comparison has reached its target error, or no longer comes nearer to it. It is looked at
 * after fixed numbers of counted rounds (16, 20, 25, ...: a quarter more each time), and what is
 * found there is a function of the stored rounds: whoever asks, and however often the processes
 * died, it stops at the same round. Rounds that ran on meanwhile do not count.
 */
public final class StoppingRule {
  private static final double FIRST = 16;
  private static final double GROWTH = 1.25;
  // Six looks back the rounds were 3.8 times fewer, so that the error should have halved.
  private static final int BACK = 6;
  private static final double HARDLY_BETTER = 0.9;

  private final LongFunction<@Nullable Double> errorAt;
  private final double target;
  private final List<Double> errors = new ArrayList<>();

  /**
   * Where to stop.
   *
   * @param rounds counted rounds of either side
   * @param error the largest relative error of the terms there
   */
  public record Stop(StopReason reason, long rounds, double error) {}

  /**
   * The rule of one comparison.
   *
   * @param target largest relative standard error, see {@link TermErrors}
   */
  public static StoppingRule of(ComparisonAnalysis analysis, double target) {
    return new StoppingRule(
        rounds -> {
          ComparisonAnalysis.Outcome outcome = analysis.at(rounds);
          if (outcome == null) {
            return null;
          }
          Double error = TermErrors.largest(outcome.result());
          return error == null ? Double.NaN : error;
        },
        target);
  }

  /**
   * A rule over errors.
   *
   * @param errorAt the error at a number of counted rounds: NaN where it cannot be told, null as
   *     long as the rounds are not there
   */
  StoppingRule(LongFunction<@Nullable Double> errorAt, double target) {
    this.errorAt = errorAt;
    this.target = target;
  }

  /** Counted rounds of the next look. */
  public long nextLook() {
    return look(errors.size());
  }

  static long look(int index) {
    return Math.round(FIRST * Math.pow(GROWTH, index));
  }

  /** Looks as far as the stored rounds allow; null if it should go on. */
  public @Nullable Stop advance() {
    while (true) {
      long rounds = nextLook();
      Double error = errorAt.apply(rounds);
      if (error == null) {
        return null;
      }
      StopReason reason = reason(error);
      if (reason != null) {
        return new Stop(reason, rounds, error);
      }
      errors.add(error);
    }
  }

  /** Comparisons with NaN are false: what cannot be told decides nothing. */
  private @Nullable StopReason reason(double error) {
    if (error <= target) {
      return StopReason.TARGET_ERROR;
    }
    double before = errors.size() < BACK ? Double.NaN : errors.get(errors.size() - BACK);
    return error > HARDLY_BETTER * before ? StopReason.NO_PROGRESS : null;
  }
}
