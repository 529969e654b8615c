package io.modeldiff.replica.kernel;

/** Categorical distributions given by log weights. */
final class LogCategorical {
  private LogCategorical() {}

  /** Subtracts the log of the sum of exponentials; −∞ entries stay. */
  static double[] normalise(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double l : logits) {
      max = Math.max(max, l);
    }
    double sum = 0;
    for (double l : logits) {
      sum += Math.exp(l - max);
    }
    double log = max + Math.log(sum);
    double[] out = new double[logits.length];
    for (int v = 0; v < out.length; v++) {
      out[v] = logits[v] - log;
    }
    return out;
  }

  /** Inversion of the cumulative distribution; never an entry of probability zero. */
  static int draw(double[] logProbabilities, double uniform) {
    double rest = uniform;
    int last = -1;
    for (int v = 0; v < logProbabilities.length; v++) {
      double p = Math.exp(logProbabilities[v]);
      if (p > 0) {
        last = v;
        if (rest < p) {
          return v;
        }
        rest -= p;
      }
    }
    return last;
  }
}
