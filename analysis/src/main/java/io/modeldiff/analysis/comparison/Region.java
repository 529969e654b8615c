package io.modeldiff.analysis.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleToIntFunction;

/**
 * Everything that is summed over one model's inputs X_m: D bins, the λ sweep, and per z bin all of
 * them and each class of D.
 */
final class Region {
  /** Classes of D at the asked λ. */
  static final int NEGATIVE = 0;

  static final int WITHIN = 1;
  static final int TIE = 2;
  static final int POSITIVE = 3;
  private static final int CLASSES = 4;

  final ReplicateRows differences;
  final ReplicateRows sweep;
  final List<ReplicateRows> classes = new ArrayList<>();
  double lowest = Double.POSITIVE_INFINITY;
  double highest = Double.NEGATIVE_INFINITY;
  private final ComparisonSpec spec;
  private final DoubleToIntFunction differenceBin;
  private final int width;
  private final double scale;

  /**
   * @param differenceBin the D bin of a difference
   */
  Region(ComparisonSpec spec, DoubleToIntFunction differenceBin, int width, double scale) {
    this.spec = spec;
    this.differenceBin = differenceBin;
    this.width = width;
    this.scale = scale;
    differences = new ReplicateRows(width, scale);
    sweep = new ReplicateRows(width, scale);
    for (int c = 0; c < CLASSES; c++) {
      classes.add(new ReplicateRows(width, scale));
    }
  }

  static int classOf(double d, double lambda) {
    if (d == 0) {
      return TIE;
    }
    if (d > lambda) {
      return POSITIVE;
    }
    return d < -lambda ? NEGATIVE : WITHIN;
  }

  void add(double d, double zOfModel, double[] weights, double factor, int group) {
    int zBin = spec.zBin(zOfModel);
    differences.add(differenceBin.applyAsInt(d), weights, factor, group);
    if (d != 0) {
      sweep.add(spec.sweepBin(d), weights, factor, group);
    }
    classes.get(classOf(d, spec.lambda())).add(zBin, weights, factor, group);
    lowest = Math.min(lowest, d);
    highest = Math.max(highest, d);
  }

  void merge(Region other) {
    differences.merge(other.differences);
    sweep.merge(other.sweep);
    for (int c = 0; c < CLASSES; c++) {
      classes.get(c).merge(other.classes.get(c));
    }
    lowest = Math.min(lowest, other.lowest);
    highest = Math.max(highest, other.highest);
  }

  /** All of X_m per z bin. */
  ReplicateRows z() {
    ReplicateRows all = new ReplicateRows(width, scale);
    classes.forEach(all::merge);
    return all;
  }

  ReplicateRows.Tally negative() {
    return classes.get(NEGATIVE).all();
  }

  ReplicateRows.Tally positive() {
    return classes.get(POSITIVE).all();
  }
}
