package io.modeldiff.web.live;

import io.modeldiff.core.lm.Conditionals;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;

/**
 * A quick look at π_β: sequences drawn token by token from p^β/c_β, then resampled by their
 * importance Π c_β (statistics, section 3 item 2, without resampling on the way).
 */
final class Ancestral {
  private Ancestral() {}

  /** NLLs (nats per token) of so many draws. */
  static double[] nlls(LanguageModel model, InputSpace space, double beta, int count, long seed) {
    KeyedRandom random = KeyedRandom.of(seed);
    double[] energy = new double[count];
    double[] logWeight = new double[count];
    double[] betas = new double[count];
    Arrays.fill(betas, beta);
    try (LaneCache lanes = model.openLanes(space, count)) {
      lanes.clear();
      for (int position = 0; position < space.length(); position++) {
        Conditionals next = lanes.extend(betas, random.uniforms(count), new double[] {beta});
        for (int i = 0; i < count; i++) {
          energy[i] -= next.logP()[i][0];
          logWeight[i] += next.logNormalizer()[i][0][0];
        }
      }
    }
    return resampled(energy, logWeight, space.scored(), random.uniform());
  }

  private static double[] resampled(double[] energy, double[] logWeight, int n, double start) {
    double top = Arrays.stream(logWeight).max().orElse(0);
    double[] weight = Arrays.stream(logWeight).map(w -> Math.exp(w - top)).toArray();
    double total = Arrays.stream(weight).sum();
    double[] z = new double[energy.length];
    double reached = 0;
    int from = -1;
    for (int i = 0; i < z.length; i++) {
      double wanted = (i + start) / z.length * total;
      while (reached <= wanted && from < energy.length - 1) {
        from++;
        reached += weight[from];
      }
      z[i] = energy[from] / n;
    }
    return z;
  }
}
