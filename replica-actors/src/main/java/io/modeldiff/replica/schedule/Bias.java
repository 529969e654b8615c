package io.modeldiff.replica.schedule;

import java.util.Arrays;

/**
 * A log-weight over the mean NLL z that is added to the tempered target: π(x) ∝ exp(−β·E(x) +
 * bias(z(x))). Piecewise constant: {@code values[i]} for edges[i−1] ≤ z &lt; edges[i], with
 * edges[−1] = −∞ and edges[last+1] = +∞. A floor is −∞ below it; flat-histogram weights are −log of
 * the density of states.
 *
 * @param edges ascending, nats per token
 * @param values one more than edges, nats; −∞ forbids the stretch
 */
public record Bias(double[] edges, double[] values) {
  /** No extra weight anywhere. */
  public static final Bias NONE = new Bias(new double[0], new double[] {0.0});

  public Bias {
    edges = edges.clone();
    values = values.clone();
    if (values.length != edges.length + 1) {
      throw new IllegalArgumentException("a bias needs one more value than edges");
    }
    for (int i = 1; i < edges.length; i++) {
      if (edges[i] <= edges[i - 1]) {
        throw new IllegalArgumentException("the edges of a bias must ascend");
      }
    }
  }

  /** Forbids every z below the floor. */
  public static Bias floor(double z) {
    return new Bias(new double[] {z}, new double[] {Double.NEGATIVE_INFINITY, 0.0});
  }

  /** Log-weight at mean NLL z, nats; −∞ where forbidden. */
  public double at(double z) {
    if (edges.length == 0) {
      return values[0];
    }
    int i = Arrays.binarySearch(edges, z);
    return values[i >= 0 ? i + 1 : -i - 1];
  }

  /** Whether it is zero everywhere. */
  public boolean none() {
    return edges.length == 0 && values[0] == 0.0;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Bias b && Arrays.equals(b.edges, edges) && Arrays.equals(b.values, values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(edges) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return none() ? "Bias[none]" : "Bias" + Arrays.toString(edges) + Arrays.toString(values);
  }
}
