package io.modeldiff.analysis.bridge;

/**
 * Samples scored by both models, as columns.
 *
 * @param zA mean NLL under A (nats per token)
 * @param zB mean NLL under B
 * @param weight how many equally weighted samples of its state each stands for
 * @param state index into the states
 * @param source independent sampling run that made the sample: the bridge, or a campaign beside it
 * @param lane lane within its source
 */
public record BridgeSamples(
    float[] zA, float[] zB, double[] weight, int[] state, int[] source, int[] lane) {
  /** Number of samples. */
  public int size() {
    return zA.length;
  }

  /**
   * A density between the models: exp(−β((1 − t) E_A + t E_B)). A's own campaign has t = 0, B's t =
   * 1.
   */
  public record State(double t, double beta) {
    double logDensity(double energyA, double energyB) {
      return -beta * ((1 - t) * energyA + t * energyB);
    }
  }
}
