package io.modeldiff.analysis.reweighting;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Maximum-likelihood free energies of all states at once (MBAR; Shirts and Chodera 2008, eq. 11).
 *
 * <p>Minimises the convex function
 *
 * <pre>  F(f) = Σ_s h_s log Σ_k N_k q_k(x_s) e^{f_k} − Σ_k N_k f_k </pre>
 *
 * over the states that are not pinned, by Newton's method with a line search, damped where the
 * plain step does not descend; where every Newton step is refused, one self-consistent step, which
 * always descends, is taken instead. States that share no samples with a pinned one have no defined
 * normaliser: that is reported, not regularised away.
 */
public final class MbarSolver {
  private static final int MAX_STEPS = 500;
  // Newton converges quadratically: after a full step this small the next would be below 1e-13.
  private static final double NEWTON_TOLERANCE = 1e-7;
  private static final double FALLBACK_TOLERANCE = 1e-11;
  private static final double RESIDUAL_TOLERANCE = 1e-8;
  // Below this many effectively shared samples two states do not determine each other.
  private static final double SHARED_SAMPLES = 1e-2;

  private final MbarProblem problem;
  private final int states;
  private final int[] free;
  private final double[] logCounts;
  private double[] f;
  private int newtonSteps;
  private int fallbackSteps;

  private MbarSolver(MbarProblem problem, double[] start) {
    this.problem = problem;
    this.states = problem.states();
    this.f = start.clone();
    this.logCounts = Arrays.stream(problem.sampleCounts()).map(Math::log).toArray();
    for (Pin pin : problem.pins()) {
      f[pin.state()] = pin.f();
    }
    int[] all = new int[states];
    int n = 0;
    for (int k = 0; k < states; k++) {
      if (problem.sampleCounts()[k] > 0 && !problem.isPinned(k)) {
        all[n++] = k;
      }
    }
    this.free = Arrays.copyOf(all, n);
  }

  /** Solves from a flat start. */
  public static MbarOutcome solve(MbarProblem problem) {
    return solve(problem, new double[problem.states()]);
  }

  /** Solves from a guess of f = −log Z, for example the solution with one lane more. */
  public static MbarOutcome solve(MbarProblem problem, double[] start) {
    if (problem.pins().stream().noneMatch(p -> problem.sampleCounts()[p.state()] > 0)) {
      return new MbarOutcome.Failed("no sample comes from a state with a known normaliser");
    }
    MbarSolver solver = new MbarSolver(problem, start);
    MbarOutcome outcome = solver.run();
    if (outcome instanceof MbarOutcome.Failed && Arrays.stream(start).anyMatch(v -> v != 0)) {
      return new MbarSolver(problem, new double[problem.states()]).run();
    }
    return outcome;
  }

  private MbarOutcome run() {
    MbarEvaluation now = MbarEvaluation.at(problem, logCounts, f);
    if (!now.supported()) {
      return new MbarOutcome.Failed("a sample lies where no sampled state has support");
    }
    // From far away the quadratic model is useless: approach first.
    for (int i = 0; i < 10 && residual(now) > 0.5; i++) {
      now = selfConsistentStep(now);
    }
    for (int step = 0; step < MAX_STEPS; step++) {
      MbarEvaluation next = newtonStep(now);
      double moved;
      if (next != null) {
        moved = maxDifference(f, next.f());
        f = next.f();
        newtonSteps++;
        now = next;
      } else {
        double[] old = f;
        now = selfConsistentStep(now);
        moved = maxDifference(old, f);
      }
      if (moved < (next != null ? NEWTON_TOLERANCE : FALLBACK_TOLERANCE)
          && residual(now) < RESIDUAL_TOLERANCE) {
        return finish(now);
      }
    }
    return new MbarOutcome.Failed(
        "no convergence after " + MAX_STEPS + " steps (residual " + residual(now) + ")");
  }

  private MbarOutcome finish(MbarEvaluation now) {
    int lonely = unconnected(now);
    if (lonely >= 0) {
      return new MbarOutcome.Failed(
          "rung " + lonely + " shares no samples with the rung whose normaliser is known");
    }
    fillUnsampled(now);
    return new MbarOutcome.Solved(f.clone(), residual(now), newtonSteps, fallbackSteps);
  }

  private double residual(MbarEvaluation e) {
    double worst = 0;
    for (int k : free) {
      worst = Math.max(worst, Math.abs(e.mass()[k] / problem.sampleCounts()[k] - 1));
    }
    return worst;
  }

  /** Newton's direction, with its Hessian damped towards diag(N) by μ; null if not definite. */
  private double @Nullable [] direction(MbarEvaluation e, double damping) {
    int n = free.length;
    if (n == 0) {
      return new double[0];
    }
    RealMatrix h = new Array2DRowRealMatrix(n, n);
    double[] g = new double[n];
    for (int i = 0; i < n; i++) {
      double count = problem.sampleCounts()[free[i]];
      g[i] = count - e.mass()[free[i]];
      for (int j = 0; j < n; j++) {
        h.setEntry(i, j, e.hessian(free[i], free[j]));
      }
      h.addToEntry(i, i, damping * count);
    }
    try {
      double[] d =
          new CholeskyDecomposition(h, 1e-9, 1e-14)
              .getSolver()
              .solve(new ArrayRealVector(g, false))
              .toArray();
      return Arrays.stream(d).allMatch(Double::isFinite) ? d : null;
    } catch (MathRuntimeException notPositiveDefinite) {
      // Nearly disconnected states: more damping, or the step that needs no Hessian.
      return null;
    }
  }

  /** The first Newton step that descends: full, halved a few times, then ever more damped. */
  private @Nullable MbarEvaluation newtonStep(MbarEvaluation before) {
    double[] full = direction(before, 0);
    for (double t = 1; full != null && t > 0.1; t /= 2) {
      MbarEvaluation trial = trial(before, full, t);
      if (trial != null) {
        return trial;
      }
    }
    for (double damping = 1e-3; damping < 1e4; damping *= 10) {
      double[] damped = direction(before, damping);
      MbarEvaluation trial = damped == null ? null : trial(before, damped, 1);
      if (trial != null) {
        return trial;
      }
    }
    return null;
  }

  private @Nullable MbarEvaluation trial(MbarEvaluation before, double[] direction, double t) {
    MbarEvaluation trial = MbarEvaluation.at(problem, logCounts, moved(direction, t));
    double noise = 1e-13 * Math.abs(before.objective());
    // Close to the optimum rounding hides the descent; there the gradient decides.
    boolean descends = trial.objective() <= before.objective() - noise;
    boolean flattens =
        trial.objective() <= before.objective() + noise
            && gradientNorm(trial) <= gradientNorm(before);
    return descends || flattens || t * maxAbs(direction) < FALLBACK_TOLERANCE ? trial : null;
  }

  private double gradientNorm(MbarEvaluation e) {
    double sum = 0;
    for (int k : free) {
      double g = e.mass()[k] - problem.sampleCounts()[k];
      sum += g * g;
    }
    return Math.sqrt(sum);
  }

  private double[] moved(double[] direction, double t) {
    double[] next = f.clone();
    for (int i = 0; i < free.length; i++) {
      next[free[i]] += t * direction[i];
    }
    return next;
  }

  private MbarEvaluation selfConsistentStep(MbarEvaluation e) {
    fallbackSteps++;
    f = f.clone();
    for (int k : free) {
      f[k] += logCounts[k] - e.logMass(k);
    }
    return MbarEvaluation.at(problem, logCounts, f);
  }

  /** A state that no chain of shared samples ties to a pinned one, or −1. */
  private int unconnected(MbarEvaluation e) {
    boolean[] reached = new boolean[states];
    for (Pin pin : problem.pins()) {
      reached[pin.state()] = problem.sampleCounts()[pin.state()] > 0;
    }
    for (boolean grew = true; grew; ) {
      grew = false;
      for (int k : free) {
        for (int l = 0; l < states && !reached[k]; l++) {
          if (reached[l] && l != k && -e.hessian(k, l) > SHARED_SAMPLES) {
            reached[k] = true;
            grew = true;
          }
        }
      }
    }
    return Arrays.stream(free).filter(k -> !reached[k]).findFirst().orElse(-1);
  }

  /** f of states without samples follows from the others' mixture: Z_k = Σ_s w_s q_k(x_s). */
  private void fillUnsampled(MbarEvaluation e) {
    for (int k = 0; k < states; k++) {
      if (problem.sampleCounts()[k] == 0 && !problem.isPinned(k)) {
        f[k] = -e.logUnsampledPartition(k);
      }
    }
  }

  private static double maxAbs(double[] v) {
    double max = 0;
    for (double x : v) {
      max = Math.max(max, Math.abs(x));
    }
    return max;
  }

  private static double maxDifference(double[] a, double[] b) {
    double max = 0;
    for (int i = 0; i < a.length; i++) {
      max = Math.max(max, Math.abs(a[i] - b[i]));
    }
    return max;
  }
}
