package io.modeldiff.analysis.comparison;

import io.modeldiff.analysis.reweighting.CampaignWeights;
import io.modeldiff.analysis.reweighting.DensityTable;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.space.NllRange;
import java.util.List;
import java.util.function.DoubleToIntFunction;

/**
 * One pass over one campaign's samples.
 *
 * <p>Own weights, 1/A(x) with A(x) = Σ_k N_k e^{f_k − β_k E}, give the absolute counts. Pooled
 * weights, 1/(A(x) + B(x)), are used where both campaigns can have drawn x: where both z lie in Z
 * (R3), or, when all samples of both are scored by both models, anywhere in X_A ∪ X_B. Each
 * jackknife replicate multiplies a weight by A(x) + B(x) over the same with one campaign's density
 * replaced by its solution without a group; densities come from tables, so that no replicate costs
 * an exponential.
 */
final class SideSums {
  final Region inA;
  final Region inB;
  final ReplicateRows overlap;

  /** Own-weight sums by class of D. */
  final ReplicateRows own;

  /** Own-weight sum over R3. */
  final ReplicateRows ownOverlap;

  private final boolean isA;
  private final ComparisonSpec spec;
  private final boolean joint;
  private final double scaleA;
  private final double scaleB;
  private final double scaleOverlap;
  private final double overlapInA;
  private final double overlapInB;
  private final DensityTable ownTable;
  private final DensityTable otherTable;
  private final CampaignWeights ownWeights;
  private final double[][] factors;
  private final int ownGroups;
  private final int ownOffset;
  private final int otherGroups;
  private final int otherOffset;
  private final double[] pooled;
  private final double[] absolute;

  /**
   * @param bins the D bins of X_A and of X_B
   */
  SideSums(
      boolean isA,
      CampaignInput a,
      CampaignInput b,
      ComparisonSpec spec,
      List<DoubleToIntFunction> bins,
      boolean joint) {
    this.isA = isA;
    this.spec = spec;
    this.joint = joint;
    CampaignInput mine = isA ? a : b;
    CampaignInput theirs = isA ? b : a;
    this.ownWeights = mine.weights();
    this.scaleA = scale(a, spec);
    this.scaleB = scale(b, spec);
    this.scaleOverlap = Math.min(scaleA, scaleB);
    this.overlapInA = Math.exp(scaleOverlap - scaleA);
    this.overlapInB = Math.exp(scaleOverlap - scaleB);
    int groupsA = a.weights().groups().groups();
    int groupsB = b.weights().groups().groups();
    this.ownGroups = isA ? groupsA : groupsB;
    this.otherGroups = isA ? groupsB : groupsA;
    this.ownOffset = isA ? 1 : 1 + groupsA;
    this.otherOffset = isA ? 1 + groupsA : 1;
    this.pooled = new double[1 + groupsA + groupsB];
    this.absolute = new double[1 + ownGroups];
    this.inA = new Region(spec, bins.get(0), pooled.length, scaleA);
    this.inB = new Region(spec, bins.get(1), pooled.length, scaleB);
    this.overlap = new ReplicateRows(pooled.length, scaleOverlap);
    this.own = new ReplicateRows(absolute.length, isA ? scaleA : scaleB);
    this.ownOverlap = new ReplicateRows(absolute.length, isA ? scaleA : scaleB);
    CampaignInput.Extent e = mine.extent();
    this.ownTable = table(mine.weights(), spec, joint, e.lowestOwn(), e.highestOwn());
    this.otherTable = table(theirs.weights(), spec, joint, e.lowestOther(), e.highestOther());
    this.factors = relativeFactors(ownWeights);
  }

  // Weights grow with the energy, so the largest inside Z is at its upper end.
  private static double scale(CampaignInput input, ComparisonSpec spec) {
    return input.weights().logWeight(spec.scored() * spec.range().high());
  }

  private static DensityTable table(
      CampaignWeights weights, ComparisonSpec spec, boolean joint, double lowest, double highest) {
    NllRange z = spec.range();
    double low = joint ? Math.min(lowest, z.low()) : Math.max(lowest, z.low());
    double high = joint ? Math.max(highest, z.high()) : Math.min(highest, z.high());
    if (!(low < high)) {
      low = z.low();
      high = z.high();
    }
    double margin = 1e-4 * (high - low) + 1e-6 * Math.abs(high);
    return new DensityTable(
        weights, spec.scored() * (low - margin), spec.scored() * (high + margin));
  }

  private static double[][] relativeFactors(CampaignWeights w) {
    int groups = w.groups().groups();
    double[][] relative = new double[w.rungs().count()][groups];
    for (int k = 0; k < relative.length; k++) {
      for (int g = 0; g < groups; g++) {
        relative[k][g] = Math.exp(w.rungFactors()[1 + g][k] - w.rungFactors()[0][k]);
      }
    }
    return relative;
  }

  SideSums run(Iterable<SampleBatch> samples) {
    for (SampleBatch batch : samples) {
      double[] importance = batch.logImportance();
      for (int i = 0; i < batch.size(); i++) {
        double log =
            importance.length == 0
                ? 0
                : importance[i] + ownWeights.rungFactors()[0][batch.rung()[i]];
        if (log > Double.NEGATIVE_INFINITY) {
          add(batch, i, log);
        }
      }
    }
    return this;
  }

  private void add(SampleBatch batch, int i, double logImportance) {
    float zOwn = batch.zOwn()[i];
    float zOther = batch.zOther()[i];
    boolean inOwn = spec.range().contains(zOwn);
    boolean scored = batch.scored()[i];
    boolean inOther = scored && spec.range().contains(zOther);
    if (!inOwn && !(joint && inOther)) {
      return;
    }
    if (!scored) {
      throw UserException.failed(
          "A sample with z = "
              + zOwn
              + " inside Z has not been scored by the other model yet; a comparison needs both.");
    }
    int group = ownWeights.groups().of(batch.lane()[i]);
    double[] factor = factors[batch.rung()[i]];
    double ownEnergy = spec.scored() * (double) zOwn;
    double ownLog = ownTable.logAt(ownEnergy);
    int ownRatios = ownTable.ratioOffset(ownEnergy);
    double d = isA ? (double) zOwn - zOther : (double) zOther - zOwn;
    boolean both = inOwn && inOther;
    if (inOwn) {
      double weight = Math.exp(logImportance - ownLog - (isA ? scaleA : scaleB));
      fillOwn(weight, ownRatios, factor, group);
      own.add(Region.classOf(d, spec.lambda()), absolute, 1, group);
      if (both) {
        ownOverlap.add(0, absolute, 1, group);
      }
    }
    int globalGroup = ownOffset - 1 + group;
    if (both || joint) {
      double otherEnergy = spec.scored() * (double) zOther;
      double ratio = Math.exp(otherTable.logAt(otherEnergy) - ownLog);
      double weight = pooledWeight(logImportance - ownLog, ratio, both, inOwn);
      fillPooled(weight, 1 / (1 + ratio), ownRatios, otherEnergy, factor, group);
    } else {
      spreadOwn();
    }
    double zA = isA ? zOwn : zOther;
    double zB = isA ? zOther : zOwn;
    if (both) {
      overlap.add(0, pooled, 1, globalGroup);
      inA.add(d, zA, pooled, overlapInA, globalGroup);
      inB.add(d, zB, pooled, overlapInB, globalGroup);
    } else if (inA(inOwn)) {
      inA.add(d, zA, pooled, 1, globalGroup);
    } else {
      inB.add(d, zB, pooled, 1, globalGroup);
    }
  }

  /** ω / (A + B) in units of the region's scale, with A + B = A (1 + ratio). */
  private double pooledWeight(double ownLogWeight, double ratio, boolean both, boolean inOwn) {
    double scale = both ? scaleOverlap : inA(inOwn) ? scaleA : scaleB;
    double shifted = ownLogWeight - scale;
    // Dividing is faster than a logarithm, and as good unless the weight itself overflows.
    return shifted < 700 && ratio < 1e300
        ? Math.exp(shifted) / (1 + ratio)
        : Math.exp(shifted - Math.log1p(ratio));
  }

  /** Whether a sample inside exactly one of the regions lies in X_A. */
  private boolean inA(boolean inOwn) {
    return isA == inOwn;
  }

  private void fillOwn(double weight, int offset, double[] factor, int group) {
    double[] ratios = ownTable.ratios();
    absolute[0] = weight;
    for (int g = 0; g < ownGroups; g++) {
      absolute[1 + g] = weight * factor[g] / ratios[offset + g];
    }
    absolute[1 + group] = 0;
  }

  private void spreadOwn() {
    pooled[0] = absolute[0];
    System.arraycopy(absolute, 1, pooled, ownOffset, ownGroups);
    for (int g = 0; g < otherGroups; g++) {
      pooled[otherOffset + g] = absolute[0];
    }
  }

  private void fillPooled(
      double weight, double share, int offset, double otherEnergy, double[] factor, int group) {
    double rest = 1 - share;
    double[] ratios = ownTable.ratios();
    pooled[0] = weight;
    for (int g = 0; g < ownGroups; g++) {
      pooled[ownOffset + g] = weight * factor[g] / (share * ratios[offset + g] + rest);
    }
    pooled[ownOffset + group] = 0;
    int otherRatios = otherTable.ratioOffset(otherEnergy);
    double[] others = otherTable.ratios();
    for (int g = 0; g < otherGroups; g++) {
      pooled[otherOffset + g] = weight / (share + rest * others[otherRatios + g]);
    }
  }

  void merge(SideSums other) {
    inA.merge(other.inA);
    inB.merge(other.inB);
    overlap.merge(other.overlap);
  }
}
