package io.modeldiff.core.toy;

import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;

/** How good a toy is: the share of its own samples that obey the rule of its training data. */
public final class ToySamples {
  private static final int LANES = 500;
  private static final long STREAM = 0x53414D504C45L;

  private ToySamples() {}

  /**
   * Draws ancestral samples of eight tokens (β = 1, all tokens allowed) and checks them.
   *
   * @param count number of samples, rounded up to a multiple of the batch
   * @return share in [0, 1] of samples that are eight digits with a sum divisible by 30
   */
  public static double validShare(LanguageModel model, int count, long seed) {
    InputSpace space =
        InputSpace.all(ToySequences.LENGTH, new int[] {ToyNetwork.BOS}, model.info().vocabulary());
    double[] beta = new double[LANES];
    Arrays.fill(beta, 1.0);
    int batches = (count + LANES - 1) / LANES;
    int valid = 0;
    try (LaneCache lanes = model.openLanes(space, LANES)) {
      for (int batch = 0; batch < batches; batch++) {
        for (int[] sample : draw(lanes, beta, KeyedRandom.of(seed, STREAM, batch))) {
          valid += isValid(sample) ? 1 : 0;
        }
      }
    }
    return valid / (double) (batches * LANES);
  }

  private static int[][] draw(LaneCache lanes, double[] beta, KeyedRandom random) {
    lanes.clear();
    int[][] tokens = {};
    for (int i = 0; i < ToySequences.LENGTH; i++) {
      tokens = lanes.extend(beta, random.uniforms(LANES), new double[0]).tokens();
    }
    return tokens;
  }

  private static boolean isValid(int[] sample) {
    int sum = 0;
    for (int token : sample) {
      if (token == ToyNetwork.BOS) {
        return false;
      }
      sum += token;
    }
    return sum % ToySequences.MODULUS == 0;
  }
}
