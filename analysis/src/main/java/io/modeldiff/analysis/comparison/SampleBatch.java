package io.modeldiff.analysis.comparison;

/**
 * Kept samples of one campaign, as columns.
 *
 * @param zOwn mean NLL under the campaign's own model, nats per scored token
 * @param zOther mean NLL under the other model; meaningless (0) where not scored
 * @param scored whether the other model has scored the sample; needed for every sample inside Z
 * @param lane lane, or SMC replicate
 * @param rung index into the ladder
 * @param logImportance log importance of SMC particles ({@link
 *     io.modeldiff.analysis.reweighting.SmcWeights#logImportance}); empty for replica exchange,
 *     where all count alike
 */
public record SampleBatch(
    float[] zOwn,
    float[] zOther,
    boolean[] scored,
    short[] lane,
    short[] rung,
    double[] logImportance) {
  public SampleBatch {
    int n = zOwn.length;
    if (zOther.length != n
        || scored.length != n
        || lane.length != n
        || rung.length != n
        || (logImportance.length != 0 && logImportance.length != n)) {
      throw new IllegalArgumentException("all columns of a batch must have the same length");
    }
  }

  /** Number of samples. */
  public int size() {
    return zOwn.length;
  }
}
