package io.modeldiff.analysis.comparison;

import io.modeldiff.analysis.comparison.ComparisonResult.DifferenceRange;
import io.modeldiff.analysis.comparison.ComparisonResult.Terms;
import io.modeldiff.analysis.comparison.ComparisonResult.TermsAt;
import io.modeldiff.analysis.comparison.ReplicateRows.Tally;
import io.modeldiff.analysis.resampling.Jackknife;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of two campaigns.
 *
 * <p>Every count is Σ w over samples with w the counting weight (see {@link SideSums}); every error
 * is a jackknife over the lanes of both campaigns with the normalisers solved again; intervals use
 * Student's t. Samples are read twice: once for the weights, once here.
 */
public final class Comparison {
  private final ComparisonSpec spec;
  private final SideSums a;
  private final SideSums b;
  private final Jackknife jackknife;
  private final int groupsA;
  private final int groupsB;

  private Comparison(
      CampaignInput inputA,
      CampaignInput inputB,
      ComparisonSpec spec,
      List<DoubleToIntFunction> bins,
      boolean joint) {
    this.spec = spec;
    this.groupsA = inputA.weights().groups().groups();
    this.groupsB = inputB.weights().groups().groups();
    this.jackknife = new Jackknife(inputA.weights().groups(), inputB.weights().groups());
    // Two independent passes; merged in a fixed order, so that the result does not depend on
    // timing.
    List<SideSums> sides =
        Stream.of(true, false)
            .parallel()
            .map(
                isA ->
                    new SideSums(isA, inputA, inputB, spec, bins, joint)
                        .run((isA ? inputA : inputB).samples()))
            .toList();
    this.a = sides.get(0);
    this.b = sides.get(1);
    a.merge(b);
  }

  /** Compares two campaigns with the same tokenizer, N, prefix and allowed tokens. */
  public static ComparisonResult of(CampaignInput a, CampaignInput b, ComparisonSpec spec) {
    boolean joint = joint(a, b);
    DoubleToIntFunction bin = spec::differenceBin;
    return new Comparison(a, b, spec, List.of(bin, bin), joint).result(joint);
  }

  /**
   * ρ_{A→B}(D) and ρ_{B→A}(D) in bins with edges of one's own, exactly: what is asked is counted
   * where it lies, whatever the width of the comparison's own bins.
   *
   * @param edgesA ascending, at least two, ends may be infinite; bins are closed on the left
   * @param edgesB the same for X_B
   */
  public static Differences differences(
      CampaignInput a, CampaignInput b, ComparisonSpec spec, double[] edgesA, double[] edgesB) {
    Comparison sums = new Comparison(a, b, spec, List.of(bin(edgesA), bin(edgesB)), joint(a, b));
    return new Differences(
        sums.histogram(edgesA, sums.a.inA.differences, 0, edgesA.length - 1),
        sums.histogram(edgesB, sums.a.inB.differences, 0, edgesB.length - 1));
  }

  /** Numbers of inputs by D of both sides. */
  public record Differences(Histogram ab, Histogram ba) {}

  /** The bin of a difference; beyond the ends −1 and the number of bins. */
  private static DoubleToIntFunction bin(double[] edges) {
    return d -> {
      int at = Arrays.binarySearch(edges, d);
      return at >= 0 ? at : -at - 2;
    };
  }

  private static boolean joint(CampaignInput a, CampaignInput b) {
    return a.extent().allScored() && b.extent().allScored();
  }

  private ComparisonResult result(boolean joint) {
    ReplicateRows allA = a.inA.z();
    ReplicateRows allB = a.inB.z();
    CountEstimate countA = estimate(allA.all());
    CountEstimate countB = estimate(allB.all());
    UpperBound boundA = UpperBound.of(allA, countA, jackknife, spec);
    UpperBound boundB = UpperBound.of(allB, countB, jackknife, spec);
    Terms terms =
        new Terms(
            boundA.orBound(estimate(a.inA.negative())),
            boundA.orBound(estimate(a.inA.positive())),
            boundB.orBound(estimate(a.inB.negative())),
            boundB.orBound(estimate(a.inB.positive())));
    CountEstimate countAB = boundA.smaller(boundB).orBound(estimate(a.overlap.all()));
    Ratios ratios = new Ratios(jackknife, pooledTerms());
    double[][] own = ownTerms();
    boolean r3Estimable = reliable(a.ownOverlap.all(), true) && reliable(b.ownOverlap.all(), false);
    return new ComparisonResult(
        joint,
        countA,
        countB,
        countAB,
        terms,
        boundA.orBound(estimate(a.inA.classes.get(Region.TIE).all())),
        boundB.orBound(estimate(a.inB.classes.get(Region.TIE).all())),
        ratios.pooled(),
        ratios.of(own),
        r3Estimable ? ratios.of(overlapNormalised(own)) : ratios.withoutOverlap(own),
        differences(a.inA),
        differences(a.inB),
        zHistogram(allA),
        zHistogram(allB),
        sweep(),
        range(a.inA),
        range(a.inB),
        upperEdges(),
        ratios.quotient(a.overlap.all().logs(), allA.all().logs()),
        ratios.quotient(a.overlap.all().logs(), allB.all().logs()),
        new ComparisonResult.Shares(
            ratios.quotient(a.inA.negative().logs(), allA.all().logs()),
            ratios.quotient(a.inA.positive().logs(), allA.all().logs()),
            ratios.quotient(a.inB.negative().logs(), allB.all().logs()),
            ratios.quotient(a.inB.positive().logs(), allB.all().logs())),
        r3Estimable ? byReference(own) : null,
        Remarks.of(countA, countB, countAB, terms, r3Estimable));
  }

  private CountEstimate estimate(Tally tally) {
    return CountEstimate.of(tally, jackknife);
  }

  private double[][] pooledTerms() {
    return new double[][] {
      a.inA.negative().logs(),
      a.inA.positive().logs(),
      a.inB.negative().logs(),
      a.inB.positive().logs()
    };
  }

  /** The four terms from each campaign's own weights. */
  private double[][] ownTerms() {
    return new double[][] {
      wide(own(a, Region.NEGATIVE), true),
      wide(own(a, Region.POSITIVE), true),
      wide(own(b, Region.NEGATIVE), false),
      wide(own(b, Region.POSITIVE), false)
    };
  }

  /** Eq. 7: each campaign's terms over its own count of R3. */
  private double[][] overlapNormalised(double[][] own) {
    double[] r3A = wide(a.ownOverlap.all(), true);
    double[] r3B = wide(b.ownOverlap.all(), false);
    return new double[][] {
      minus(own[0], r3A), minus(own[1], r3A), minus(own[2], r3B), minus(own[3], r3B)
    };
  }

  private static Tally own(SideSums side, int dClass) {
    return side.own.tally(dClass, dClass + 1);
  }

  /** Eq. 16 in absolute units: B's terms over its own R3, times A's count of R3. */
  private ComparisonResult.ByReference byReference(double[][] own) {
    double[] change = minus(wide(a.ownOverlap.all(), true), wide(b.ownOverlap.all(), false));
    return new ComparisonResult.ByReference(
        byReference(own[2], change, Region.NEGATIVE), byReference(own[3], change, Region.POSITIVE));
  }

  private CountEstimate byReference(double[] term, double[] change, int dClass) {
    Tally counted = own(b, dClass);
    double[] logs = new double[term.length];
    Arrays.setAll(logs, r -> term[r] + change[r]);
    return estimate(new Tally(logs, counted.ess(), counted.lanes(), counted.samples()));
  }

  private boolean reliable(Tally tally, boolean isA) {
    return CountEstimate.of(
            new Tally(wide(tally, isA), tally.ess(), tally.lanes(), tally.samples()), jackknife)
        .reliable();
  }

  /** Own replicates laid out for both campaigns: the other one's groups change nothing. */
  private double[] wide(Tally tally, boolean isA) {
    double[] logs = new double[1 + groupsA + groupsB];
    Arrays.fill(logs, tally.logs()[0]);
    System.arraycopy(tally.logs(), 1, logs, isA ? 1 : 1 + groupsA, isA ? groupsA : groupsB);
    return logs;
  }

  static double[] minus(double[] x, double[] y) {
    double[] d = new double[x.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = x[i] - y[i];
    }
    return d;
  }

  private Histogram differences(Region region) {
    ReplicateRows rows = region.differences;
    double[] edges = new double[rows.bins() == 0 ? 0 : rows.bins() + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = (rows.first() + i) * spec.binWidth();
    }
    return histogram(edges, rows, rows.first(), rows.bins());
  }

  private Histogram zHistogram(ReplicateRows z) {
    return histogram(spec.zEdges(), z, 0, spec.zBins());
  }

  private Histogram histogram(double[] edges, ReplicateRows rows, int first, int count) {
    List<CountEstimate> bins = new ArrayList<>();
    List<double[]> replicates = new ArrayList<>();
    for (int bin = first; bin < first + count; bin++) {
      Tally tally = rows.tally(bin, bin + 1);
      bins.add(estimate(tally));
      replicates.add(tally.logs());
    }
    return new Histogram(edges, List.copyOf(bins), List.copyOf(replicates), jackknife);
  }

  private List<TermsAt> sweep() {
    int largest = Math.max(reach(a.inA.sweep), reach(a.inB.sweep));
    // PD_AB: D < −λ over X_A, and so on; running sums from the far ends.
    Tally[] pdAB = a.inA.sweep.running(-largest, 0, false);
    Tally[] paAB = a.inA.sweep.running(0, largest, true);
    Tally[] paBA = a.inB.sweep.running(-largest, 0, false);
    Tally[] pdBA = a.inB.sweep.running(0, largest, true);
    List<TermsAt> points = new ArrayList<>();
    for (int m = 0; m < largest; m++) {
      int i = largest - 1 - m;
      points.add(
          new TermsAt(
              m * spec.binWidth(),
              new Terms(
                  estimate(pdAB[i]), estimate(paAB[i]), estimate(paBA[i]), estimate(pdBA[i]))));
    }
    return List.copyOf(points);
  }

  private static int reach(ReplicateRows rows) {
    return rows.bins() == 0 ? 0 : Math.max(-rows.first(), rows.first() + rows.bins());
  }

  private static DifferenceRange range(Region region) {
    return region.differences.bins() == 0
        ? new DifferenceRange(null, null)
        : new DifferenceRange(region.lowest, region.highest);
  }

  private List<TermsAt> upperEdges() {
    int n = spec.zBins();
    double[] edges = spec.zEdges();
    Tally[] pdAB = a.inA.classes.get(Region.NEGATIVE).running(0, n, false);
    Tally[] paAB = a.inA.classes.get(Region.POSITIVE).running(0, n, false);
    Tally[] paBA = a.inB.classes.get(Region.NEGATIVE).running(0, n, false);
    Tally[] pdBA = a.inB.classes.get(Region.POSITIVE).running(0, n, false);
    List<TermsAt> points = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      points.add(
          new TermsAt(
              edges[i + 1],
              new Terms(
                  estimate(pdAB[i]), estimate(paAB[i]), estimate(paBA[i]), estimate(pdBA[i]))));
    }
    return List.copyOf(points);
  }

  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
