package io.modeldiff.replica.pilot;

import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.smc.SmcResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the pilot found.
 *
 * @param points by ascending β
 * @param betaStar where E_β[z] is the upper end of Z (the nearest β tried, if not reachable)
 * @param reachable whether samples reach the upper end of Z
 * @param ladder the first ladder, from β=1 to β* or a little beyond
 * @param barrier Λ, estimated communication barrier of the ladder
 * @param logCount log of the estimated number of inputs with z ∈ Z; −∞ if none was seen
 * @param logCountSe its relative standard error, NaN if it cannot be told
 * @param evaluations what the pilot itself cost
 * @param warnings sentences for people: jumps of E[z], two modes, ranges that are not reached
 */
public record PilotReport(
    List<PilotPoint> points,
    double betaStar,
    boolean reachable,
    Ladder ladder,
    double barrier,
    double logCount,
    double logCountSe,
    double evaluations,
    List<String> warnings) {
  // Variance × evaluations of replica exchange over that of position-SMC: the
  // prototype's figure (4 to 5), not yet one of this program's own.
  private static final double TEMPERING_OVER_SMC = 5;
  // The cold end lies this many standard deviations of E beyond β*.
  private static final double BEYOND = 0.5;
  // Mean z falls by β-step × n × Var z; a fall this many times faster than either end says is a
  // jump.
  private static final double JUMP = 3;

  public PilotReport {
    points = List.copyOf(points);
    warnings = List.copyOf(warnings);
  }

  static PilotReport of(PilotSpec spec, List<PilotPoint> points, List<List<SmcResult>> done) {
    int scored = spec.scored();
    BetaCurve curve = new BetaCurve(points);
    double target = spec.range().high();
    double star = curve.betaAt(target);
    boolean reachable = curve.reaches(target);
    double end = star;
    if (star > 1) {
      end = Math.min(star + BEYOND / (scored * curve.deviation(star)), Pilot.COLDEST);
    }
    double barrier = curve.barrier(1, end);
    Ladder ladder = curve.ladder(end, Math.max(2, (int) Math.ceil(2 * barrier) + 1));
    RelativeMean count = count(spec.range(), scored, done);
    long positions = done.stream().flatMap(List::stream).mapToLong(SmcResult::positions).sum();
    List<String> warnings = new ArrayList<>();
    addJumps(warnings, points, scored);
    addModes(warnings, points, spec.range());
    addReach(warnings, points, spec.range(), reachable, count);
    return new PilotReport(
        points,
        star,
        reachable,
        ladder,
        barrier,
        count.logMean(),
        count.relativeSe(),
        positions / (double) scored,
        warnings);
  }

  /** |X| from the inverse temperature whose replicates agree best on it. */
  private static RelativeMean count(NllRange range, int scored, List<List<SmcResult>> done) {
    RelativeMean best = new RelativeMean(Double.NEGATIVE_INFINITY, Double.NaN);
    for (List<SmcResult> replicates : done) {
      RelativeMean one =
          RelativeMean.of(
              replicates.stream().mapToDouble(r -> r.logCount(range, scored)).toArray());
      boolean better = Double.isNaN(best.relativeSe()) || one.relativeSe() < best.relativeSe();
      if (one.logMean() > Double.NEGATIVE_INFINITY && better) {
        best = one;
      }
    }
    return best;
  }

  /**
   * Predicted evaluations for a relative standard error of |X|, by position-SMC; NaN if the pilot
   * saw too little to tell.
   */
  public double smcEvaluations(double targetError) {
    double perPoint = evaluations / points.size();
    return perPoint * logCountSe * logCountSe / (targetError * targetError);
  }

  /** The same by replica exchange. */
  public double temperingEvaluations(double targetError) {
    return TEMPERING_OVER_SMC * smcEvaluations(targetError);
  }

  /**
   * Inverse temperatures for position-SMC as an estimator: β*, around which the inputs at the upper
   * end of Z are drawn, and β=1 or one step further inside Z.
   */
  public List<Double> estimatorBetas(NllRange range) {
    BetaCurve curve = new BetaCurve(points);
    double inside = curve.betaAt(range.high() - (range.high() - range.low()) / 3);
    double second = betaStar < 1 ? Math.min(1, inside) : Math.max(1, inside);
    double first = Math.round(betaStar * 1e4) / 1e4;
    second = Math.round(second * 1e4) / 1e4;
    return Math.abs(second - first) < 0.01 ? List.of(first) : List.of(first, second);
  }

  /** Median NLL of the model's own samples, nats per token. */
  public double typicalNll() {
    return points.stream()
        .filter(p -> p.beta() == 1)
        .mapToDouble(PilotPoint::median)
        .findFirst()
        .orElseThrow();
  }

  /** A floor on z that keeps runs out of a low mode below Z: half the width of Z below it. */
  public static double suggestedFloor(NllRange range) {
    return range.low() - (range.high() - range.low()) / 2;
  }

  private static void addJumps(List<String> warnings, List<PilotPoint> points, int scored) {
    for (int k = 1; k < points.size(); k++) {
      PilotPoint a = points.get(k - 1);
      PilotPoint b = points.get(k);
      double steepest = Math.max(a.deviation(), b.deviation());
      double expected = (b.beta() - a.beta()) * scored * steepest * steepest;
      double noise = steepest * Math.sqrt(1 / a.effective() + 1 / b.effective());
      if (a.mean() - b.mean() > JUMP * expected + 4 * noise) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "The mean NLL jumps from %.2f to %.2f between beta %.3f and %.3f (a first-order"
                    + " change, often repetition): use --floor or --method wang-landau, and do not"
                    + " trust counts below the jump.",
                a.mean(),
                b.mean(),
                a.beta(),
                b.beta()));
      }
    }
  }

  private static void addModes(List<String> warnings, List<PilotPoint> points, NllRange range) {
    for (PilotPoint p : points) {
      if (p.bimodal()) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "At beta %.3f the NLL has two separate modes, between which tempering crosses"
                    + " rarely; --floor %.2f keeps the run out of the lower one if it lies below Z.",
                p.beta(),
                suggestedFloor(range)));
      }
    }
  }

  private static void addReach(
      List<String> warnings,
      List<PilotPoint> points,
      NllRange range,
      boolean reachable,
      RelativeMean count) {
    double lowest = points.stream().mapToDouble(PilotPoint::lowest).min().orElseThrow();
    if (!reachable) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "Z=%s is not reached: the lowest mean NLL found was %.2f at beta %.2f and the lowest"
                  + " single one %.2f; choose a higher Z.",
              range,
              points.get(points.size() - 1).mean(),
              points.get(points.size() - 1).beta(),
              lowest));
    } else if (count.logMean() == Double.NEGATIVE_INFINITY) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "No pilot sample fell into Z=%s although the samples pass it: the range is narrow for"
                  + " the pilot, or no input lies in it.",
              range));
    }
  }

  /** The warnings as one text, or null if there are none. */
  public @Nullable String warningText() {
    return warnings.isEmpty() ? null : String.join(" ", warnings);
  }
}
