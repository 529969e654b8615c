package io.modeldiff.analysis.reweighting;

/**
 * The MBAR objective, its gradient and Hessian at one f.
 *
 * <p>{@code mass[k] = Σ_s h_s p_sk} with p_sk = N_k e^{f_k} q_k(x_s) / Σ_l N_l e^{f_l} q_l(x_s);
 * the gradient is mass − N and the Hessian diag(mass) − Σ_s h_s p_s p_sᵀ.
 */
final class MbarEvaluation {
  private final MbarProblem problem;
  private final double[] f;
  private final double[] bias;
  private final double[] mass;
  private final double[] products;
  private double objective;
  private boolean supported = true;

  private MbarEvaluation(MbarProblem problem, double[] f, double[] bias) {
    this.problem = problem;
    this.f = f;
    this.bias = bias;
    this.mass = new double[problem.states()];
    this.products = new double[problem.states() * problem.states()];
  }

  static MbarEvaluation at(MbarProblem problem, double[] logCounts, double[] f) {
    double[] bias = new double[f.length];
    for (int k = 0; k < f.length; k++) {
      bias[k] = logCounts[k] == Double.NEGATIVE_INFINITY ? logCounts[k] : logCounts[k] + f[k];
    }
    MbarEvaluation e = new MbarEvaluation(problem, f, bias);
    e.run();
    return e;
  }

  private void run() {
    int states = problem.states();
    double[] p = new double[states];
    double total = 0;
    for (int s = 0; s < problem.points(); s++) {
      double h = problem.multiplicity()[s];
      if (h == 0) {
        continue;
      }
      double logMixture = shares(s, p);
      if (logMixture == Double.NEGATIVE_INFINITY) {
        supported = false;
        return;
      }
      total += h * logMixture;
      for (int k = 0; k < states; k++) {
        double hp = h * p[k];
        mass[k] += hp;
        for (int l = 0; l <= k; l++) {
          products[k * states + l] += hp * p[l];
        }
      }
    }
    for (int k = 0; k < states; k++) {
      if (problem.sampleCounts()[k] > 0) {
        total -= problem.sampleCounts()[k] * f[k];
      }
    }
    objective = total;
  }

  /** Fills p with the states' shares at a point and returns the log of the mixture there. */
  private double shares(int point, double[] p) {
    int states = p.length;
    int offset = point * states;
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < states; k++) {
      p[k] = bias[k] + problem.logDensity()[offset + k];
      max = Math.max(max, p[k]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int k = 0; k < states; k++) {
      p[k] = Math.exp(p[k] - max);
      sum += p[k];
    }
    for (int k = 0; k < states; k++) {
      p[k] /= sum;
    }
    return max + Math.log(sum);
  }

  double[] f() {
    return f;
  }

  boolean supported() {
    return supported;
  }

  double objective() {
    return objective;
  }

  double[] mass() {
    return mass;
  }

  double hessian(int k, int l) {
    int states = problem.states();
    double shared = products[Math.max(k, l) * states + Math.min(k, l)];
    return k == l ? mass[k] - shared : -shared;
  }

  /** log mass[k], accurate even where the mass itself underflows. */
  double logMass(int k) {
    return mass[k] > 1e-250 ? Math.log(mass[k]) : bias[k] + logUnsampledPartition(k);
  }

  /** log Σ_s h_s q_k(x_s) / mixture(x_s). */
  double logUnsampledPartition(int k) {
    double[] p = new double[problem.states()];
    double log = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < problem.points(); s++) {
      if (problem.multiplicity()[s] > 0) {
        double mixture = shares(s, p);
        double q = problem.logDensity()[s * problem.states() + k];
        log = LogMath.logAdd(log, Math.log(problem.multiplicity()[s]) + q - mixture);
      }
    }
    return log;
  }

  /** N_k e^{f_k}-free weight matrix products W^T W, where W_sk = p_sk / N_k. */
  double weightProduct(int k, int l) {
    int states = problem.states();
    double shared = products[Math.max(k, l) * states + Math.min(k, l)];
    return shared / (problem.sampleCounts()[k] * problem.sampleCounts()[l]);
  }
}
