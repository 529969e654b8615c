package io.modeldiff.core.campaign;

import io.modeldiff.core.serialization.CborSerializable;
import java.util.Arrays;

/**
 * What all replicas of a campaign run on until it is adapted: the target of rung k is π_k(x) ∝
 * exp(−β_k·E(x) + b(z(x))).
 *
 * @param betas ascending inverse temperatures
 * @param steps step size of kernel dmala, one per rung
 * @param biasEdges ascending z (nats per token) at which b changes; empty when b is 0 everywhere
 * @param biasValues b between the edges, one more than edges; −∞ forbids a stretch (a floor)
 */
public record Schedule(double[] betas, double[] steps, double[] biasEdges, double[] biasValues)
    implements CborSerializable {
  @Override
  public boolean equals(Object o) {
    return o instanceof Schedule s
        && Arrays.equals(s.betas, betas)
        && Arrays.equals(s.steps, steps)
        && Arrays.equals(s.biasEdges, biasEdges)
        && Arrays.equals(s.biasValues, biasValues);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(betas) + 31 * Arrays.hashCode(biasValues);
  }

  @Override
  public String toString() {
    return "Schedule" + Arrays.toString(betas);
  }
}
