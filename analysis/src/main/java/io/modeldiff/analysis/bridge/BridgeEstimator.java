package io.modeldiff.analysis.bridge;

import io.modeldiff.analysis.bridge.BridgeSamples.State;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.diagnostics.Discrepancy;
import io.modeldiff.analysis.resampling.Jackknife;
import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.resampling.Spread;
import io.modeldiff.analysis.reweighting.LogMath;
import io.modeldiff.analysis.reweighting.MbarProblem;
import io.modeldiff.analysis.reweighting.MbarSolver;
import io.modeldiff.analysis.reweighting.Pin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * MBAR over states with two energies. The normalisers of p_A (t = 0, β = 1) and p_B (t = 1, β = 1)
 * are both known: the counts use both, and the closure is what the bridge finds for the second when
 * only the first is pinned. A sample's counting weight is 1/Σ_k N_k e^{f_k} q_k(x) times its weight
 * within its state; errors are a jackknife over the lanes of every source with the equations solved
 * again.
 */
public final class BridgeEstimator {
  private static final int QUANTITIES = 7;

  private final List<State> states;
  private final BridgeSamples samples;
  private final ComparisonSpec spec;
  private final LaneGroups[] lanes;
  private final int[] group;
  private final int groups;
  private final double[] logDensity;

  private BridgeEstimator(
      List<State> states, BridgeSamples samples, int[] lanesPerSource, ComparisonSpec spec) {
    this.states = states;
    this.samples = samples;
    this.spec = spec;
    this.lanes = new LaneGroups[lanesPerSource.length];
    int[] first = new int[lanes.length];
    int count = 0;
    for (int s = 0; s < lanes.length; s++) {
      lanes[s] = new LaneGroups(lanesPerSource[s]);
      first[s] = count;
      count += lanes[s].groups();
    }
    this.groups = count;
    this.group = new int[samples.size()];
    this.logDensity = new double[samples.size() * states.size()];
    for (int i = 0; i < samples.size(); i++) {
      int source = samples.source()[i];
      group[i] = first[source] + lanes[source].of(samples.lane()[i]);
      double a = spec.scored() * (double) samples.zA()[i];
      double b = spec.scored() * (double) samples.zB()[i];
      for (int k = 0; k < states.size(); k++) {
        logDensity[i * states.size() + k] = states.get(k).logDensity(a, b);
      }
    }
  }

  /**
   * What the bridge measures.
   *
   * @param closure log Z of B's end, found from A's end, minus its known value
   */
  public record Result(
      CountEstimate countA,
      CountEstimate countB,
      CountEstimate countAB,
      CountEstimate pdAB,
      CountEstimate paAB,
      CountEstimate paBA,
      CountEstimate pdBA,
      Discrepancy closure) {}

  /**
   * Estimates all counts.
   *
   * @param states must hold (t = 0, β = 1) and (t = 1, β = 1), both with samples
   * @param lanesPerSource number of lanes of each source
   * @param logPartitionAtOne log Z(1), the same for both models
   * @throws io.modeldiff.core.error.UserException if the states do not connect
   */
  public static Result of(
      List<State> states,
      BridgeSamples samples,
      int[] lanesPerSource,
      ComparisonSpec spec,
      double logPartitionAtOne) {
    int endA = states.indexOf(new State(0, 1));
    int endB = states.indexOf(new State(1, 1));
    if (endA < 0 || endB < 0) {
      throw new IllegalArgumentException("a bridge needs both models themselves as its ends");
    }
    Pin a = new Pin(endA, logPartitionAtOne);
    Pin b = new Pin(endB, logPartitionAtOne);
    return new BridgeEstimator(List.copyOf(states), samples, lanesPerSource, spec).estimate(a, b);
  }

  private Result estimate(Pin a, Pin b) {
    double[] flat = new double[states.size()];
    MbarProblem open = problem(List.of(a));
    MbarProblem closed = problem(List.of(a, b));
    double[] openF = MbarSolver.solve(open, flat).require().f();
    double[] closedF = MbarSolver.solve(closed, openF).require().f();
    double[][] logs = new double[QUANTITIES][1 + groups];
    double[] ends = new double[1 + groups];
    IntStream.rangeClosed(0, groups)
        .parallel()
        .forEach(
            r -> {
              double[] n = counts(r - 1);
              double[] h = multiplicity(r - 1);
              double[] fo = MbarSolver.solve(open.with(h, n), openF).require().f();
              double[] fc = MbarSolver.solve(closed.with(h, n), closedF).require().f();
              ends[r] = -fo[b.state()];
              double[] sums = sums(fc, n, h);
              for (int q = 0; q < QUANTITIES; q++) {
                logs[q][r] = sums[q];
              }
            });
    Jackknife jackknife = new Jackknife(lanes);
    Spread spread = jackknife.spread(ends);
    List<CountEstimate> counts = new ArrayList<>();
    double[] logWeights = logWeights(closedF);
    for (int q = 0; q < QUANTITIES; q++) {
      counts.add(estimate(q, logs[q], jackknife, logWeights));
    }
    CountEstimate inA = counts.get(0);
    CountEstimate inB = counts.get(1);
    return new Result(
        inA,
        inB,
        counts.get(2).boundedBy(smaller(inA, inB)),
        counts.get(3).boundedBy(inA),
        counts.get(4).boundedBy(inA),
        counts.get(5).boundedBy(inB),
        counts.get(6).boundedBy(inB),
        new Discrepancy(ends[0] - b.logPartition(), spread == null ? null : spread.se()));
  }

  private static CountEstimate smaller(CountEstimate x, CountEstimate y) {
    Double logX = x.log();
    Double logY = y.log();
    return logX == null || (logY != null && logY < logX) ? y : x;
  }

  private MbarProblem problem(List<Pin> pins) {
    return new MbarProblem(states.size(), logDensity, multiplicity(-1), counts(-1), pins);
  }

  private double[] counts(int without) {
    double[] n = new double[states.size()];
    for (int i = 0; i < group.length; i++) {
      n[samples.state()[i]] += group[i] == without ? 0 : samples.weight()[i];
    }
    return n;
  }

  private double[] multiplicity(int without) {
    double[] h = new double[group.length];
    for (int i = 0; i < h.length; i++) {
      h[i] = group[i] == without ? 0 : samples.weight()[i];
    }
    return h;
  }

  private double logWeight(int sample, double[] bias) {
    double[] terms = new double[bias.length];
    for (int k = 0; k < terms.length; k++) {
      terms[k] = bias[k] + logDensity[sample * bias.length + k];
    }
    return -LogMath.logSum(terms);
  }

  private double[] logWeights(double[] f) {
    double[] bias = bias(f, counts(-1));
    return IntStream.range(0, group.length)
        .mapToDouble(i -> Math.log(samples.weight()[i]) + logWeight(i, bias))
        .toArray();
  }

  private static double[] bias(double[] f, double[] n) {
    double[] bias = new double[f.length];
    for (int k = 0; k < f.length; k++) {
      bias[k] = Math.log(n[k]) + f[k];
    }
    return bias;
  }

  /** log Σ w of every quantity under one replicate. */
  private double[] sums(double[] f, double[] n, double[] multiplicity) {
    double[] bias = bias(f, n);
    double[] sums = new double[QUANTITIES];
    Arrays.fill(sums, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < group.length; i++) {
      if (multiplicity[i] > 0 && (inA(i) || inB(i))) {
        double w = Math.log(multiplicity[i]) + logWeight(i, bias);
        for (int q = 0; q < QUANTITIES; q++) {
          if (belongs(i, q)) {
            sums[q] = LogMath.logAdd(sums[q], w);
          }
        }
      }
    }
    return sums;
  }

  private boolean inA(int i) {
    return spec.range().contains(samples.zA()[i]);
  }

  private boolean inB(int i) {
    return spec.range().contains(samples.zB()[i]);
  }

  private boolean belongs(int i, int quantity) {
    double d = (double) samples.zA()[i] - samples.zB()[i];
    return switch (quantity) {
      case 0 -> inA(i);
      case 1 -> inB(i);
      case 2 -> inA(i) && inB(i);
      case 3 -> inA(i) && d < -spec.lambda();
      case 4 -> inA(i) && d > spec.lambda();
      case 5 -> inB(i) && d < -spec.lambda();
      default -> inB(i) && d > spec.lambda();
    };
  }

  private CountEstimate estimate(
      int quantity, double[] logs, Jackknife jackknife, double[] logWeights) {
    double squares = Double.NEGATIVE_INFINITY;
    Set<Integer> seen = new HashSet<>();
    long n = 0;
    for (int i = 0; i < group.length; i++) {
      if (belongs(i, quantity)) {
        squares = LogMath.logAdd(squares, 2 * logWeights[i]);
        seen.add(group[i]);
        n++;
      }
    }
    double ess = n == 0 ? 0 : Math.exp(2 * logs[0] - squares);
    return CountEstimate.ofLogs(logs, jackknife, ess, seen.size(), n);
  }
}
