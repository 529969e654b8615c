package io.modeldiff.replica.pilot;

import io.modeldiff.replica.smc.SmcResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The pilot's search for β*, where E_{β*}[z] equals the upper end of Z. It starts at β=1, where the
 * draws are exact, and walks towards Z by Newton steps (dE_β[z]/dβ = −n·Var z) that are short
 * enough for neighbouring populations to overlap: to colder β where Z lies below the model's
 * typical NLL, to warmer where it lies above. Pure: the next β follows from the results so far,
 * whoever ran them.
 */
public final class Pilot {
  /** No ladder goes beyond this inverse temperature. */
  static final double COLDEST = 50;

  private static final int MOST_POINTS = 40;
  // A step moves the mean energy by at most about this many standard deviations.
  private static final double LONGEST_STEP = 1.5;
  // E_β[z] this close to the target, in standard deviations of z, needs no further point.
  private static final double CLOSE = 0.25;
  // Neighbouring points differ by at most this factor in beta.
  private static final double LARGEST_RATIO = 1.5;
  // Below this inverse temperature the search goes straight to the uniform distribution.
  private static final double WARMEST = 0.05;
  // Two points that enclose the target within this share of beta need none between them.
  private static final double NARROW = 0.02;
  // A fall of the mean (relative) or a deviation this small says that colder brings no lower z.
  private static final double STALLED = 1e-3;

  private Pilot() {}

  /**
   * The next inverse temperature to run, or empty when the search is over.
   *
   * @param done one entry per inverse temperature run so far, in the order asked for
   */
  public static OptionalDouble next(PilotSpec spec, List<List<SmcResult>> done) {
    if (done.isEmpty()) {
      return OptionalDouble.of(1.0);
    }
    List<PilotPoint> points = points(spec, done);
    points.sort(Comparator.comparingDouble(PilotPoint::beta));
    double target = spec.range().high();
    boolean close =
        points.stream().anyMatch(p -> Math.abs(p.mean() - target) < CLOSE * p.deviation());
    if (close || points.size() >= MOST_POINTS) {
      return OptionalDouble.empty();
    }
    PilotPoint warmest = points.get(0);
    PilotPoint coldest = points.get(points.size() - 1);
    if (coldest.mean() > target) {
      boolean end = coldest.beta() >= COLDEST || stalled(points);
      return end ? OptionalDouble.empty() : OptionalDouble.of(step(spec, coldest, target));
    }
    if (warmest.mean() < target) {
      boolean end = warmest.beta() == 0;
      return end ? OptionalDouble.empty() : OptionalDouble.of(step(spec, warmest, target));
    }
    return within(points, target);
  }

  /** Whether colder points have stopped bringing lower NLLs. */
  private static boolean stalled(List<PilotPoint> points) {
    int size = points.size();
    if (size < 3) {
      return false;
    }
    PilotPoint last = points.get(size - 1);
    return points.get(size - 3).mean() - last.mean() < STALLED * Math.max(1, last.mean())
        || last.deviation() < STALLED;
  }

  private static double step(PilotSpec spec, PilotPoint from, double target) {
    double deviation = Math.max(from.deviation(), STALLED);
    double newton = (from.mean() - target) / (spec.scored() * deviation * deviation);
    double limit = LONGEST_STEP / (spec.scored() * deviation);
    // A little past the Newton point, so that the target is bracketed and not approached for ever.
    double move = Math.max(-limit, Math.min(limit, 1.1 * newton));
    double beta = from.beta() + move;
    beta = Math.max(from.beta() / LARGEST_RATIO, Math.min(from.beta() * LARGEST_RATIO, beta));
    return beta < WARMEST ? 0.0 : rounded(Math.min(COLDEST, beta));
  }

  /** A point between the two that enclose the target, until they are near each other. */
  private static OptionalDouble within(List<PilotPoint> points, double target) {
    int k = 1;
    while (points.get(k).mean() > target) {
      k++;
    }
    PilotPoint a = points.get(k - 1);
    PilotPoint b = points.get(k);
    if (b.beta() - a.beta() < NARROW * b.beta()) {
      return OptionalDouble.empty();
    }
    double share = (a.mean() - target) / (a.mean() - b.mean());
    share = Math.max(0.15, Math.min(0.85, share));
    return OptionalDouble.of(rounded(a.beta() + share * (b.beta() - a.beta())));
  }

  private static double rounded(double beta) {
    return Math.round(beta * 1e4) / 1e4;
  }

  /** Summaries of the runs so far, in the order asked for. */
  public static List<PilotPoint> points(PilotSpec spec, List<List<SmcResult>> done) {
    List<PilotPoint> points = new ArrayList<>();
    for (List<SmcResult> replicates : done) {
      points.add(PilotPoint.of(replicates, spec.scored()));
    }
    return points;
  }

  /** What the finished search says. */
  public static PilotReport report(PilotSpec spec, List<List<SmcResult>> done) {
    List<PilotPoint> points = points(spec, done);
    points.sort(Comparator.comparingDouble(PilotPoint::beta));
    return PilotReport.of(spec, points, done);
  }
}
