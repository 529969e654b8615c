package io.modeldiff.replica.pilot;

import io.modeldiff.replica.ladder.BarrierCurve;
import io.modeldiff.replica.ladder.Ladder;
import java.util.List;

/** E_β[z], its deviation and the local barrier between the points of a pilot, piecewise linear. */
final class BetaCurve {
  private final List<PilotPoint> points;

  /** Points by ascending β; β=1 is among them. */
  BetaCurve(List<PilotPoint> points) {
    this.points = List.copyOf(points);
  }

  private PilotPoint first() {
    return points.get(0);
  }

  private PilotPoint last() {
    return points.get(points.size() - 1);
  }

  /**
   * Whether E_β[z] comes down to a target (a mean within half a deviation of it counts), or the
   * target lies at or above the model's own.
   */
  boolean reaches(double target) {
    return last().mean() - 0.5 * last().deviation() <= target;
  }

  /** Where E_β[z] passes a target; the nearest end if it does not. */
  double betaAt(double target) {
    if (target >= first().mean()) {
      return first().beta();
    }
    for (int k = 1; k < points.size(); k++) {
      PilotPoint a = points.get(k - 1);
      PilotPoint b = points.get(k);
      if (b.mean() <= target) {
        double share = (a.mean() - target) / Math.max(a.mean() - b.mean(), 1e-300);
        return a.beta() + share * (b.beta() - a.beta());
      }
    }
    return last().beta();
  }

  /** Standard deviation of z at β. */
  double deviation(double beta) {
    return at(beta, true);
  }

  private double at(double beta, boolean deviation) {
    if (beta <= first().beta()) {
      return value(first(), deviation);
    }
    for (int k = 1; k < points.size(); k++) {
      PilotPoint a = points.get(k - 1);
      PilotPoint b = points.get(k);
      if (beta <= b.beta()) {
        double share = (beta - a.beta()) / (b.beta() - a.beta());
        return value(a, deviation) + share * (value(b, deviation) - value(a, deviation));
      }
    }
    return value(last(), deviation);
  }

  private static double value(PilotPoint p, boolean deviation) {
    return deviation ? p.deviation() : p.barrier();
  }

  /** Λ between two inverse temperatures: the integral of the local barrier. */
  double barrier(double from, double to) {
    return cumulative(from, to).total();
  }

  /** A ladder between β=1 and an end, with equal barrier in every gap. */
  Ladder ladder(double end, int rungs) {
    return cumulative(1, end).ladder(rungs);
  }

  private BarrierCurve cumulative(double from, double to) {
    int steps = 200;
    double low = Math.min(from, to);
    double high = Math.max(from, to);
    if (high - low < 1e-3) {
      // Z begins where the model's own samples end: any small distance will do.
      low = from - 0.05;
      high = from;
    }
    double[] beta = new double[steps + 1];
    double[] sum = new double[steps + 1];
    for (int i = 0; i <= steps; i++) {
      beta[i] = i == steps ? high : low + (high - low) * i / steps;
      if (i > 0) {
        double middle = (beta[i] + beta[i - 1]) / 2;
        sum[i] = sum[i - 1] + at(middle, false) * (beta[i] - beta[i - 1]);
      }
    }
    return new BarrierCurve(beta, sum);
  }
}
