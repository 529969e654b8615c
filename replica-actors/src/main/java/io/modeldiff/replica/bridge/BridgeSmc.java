package io.modeldiff.replica.bridge;

import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.smc.LogSum;
import io.modeldiff.replica.smc.Resampling;
import java.util.stream.IntStream;

/**
 * Sequential Monte Carlo over positions between two models: x_i ~ p_A(·|x_&lt;i)^a p_B(·|x_&lt;i)^b
 * / c(x_&lt;i), weights take up c, and the population is resampled systematically when its
 * effective size falls below M/2. At (1, 0) and (0, 1) every c is 1: independent samples of a
 * model. A population is a pure function of its key.
 */
final class BridgeSmc implements AutoCloseable {
  private static final long DRAW = 0;
  private static final long RESAMPLE = 1;

  private final InputSpace space;
  private final LaneCache a;
  private final LaneCache b;
  private final int particles;

  BridgeSmc(LanguageModel modelA, LanguageModel modelB, InputSpace space, int particles) {
    this.space = space;
    this.particles = particles;
    this.a = modelA.openLanes(space, particles);
    this.b = modelB.openLanes(space, particles);
  }

  /** One population. */
  Population run(Mixture mixture, long seed, long stream, long number) {
    a.clear();
    b.clear();
    double[] energyA = new double[particles];
    double[] energyB = new double[particles];
    double[] logWeight = new double[particles];
    double logZ = 0;
    for (int i = 0; i < space.length(); i++) {
      KeyedRandom draws = KeyedRandom.of(seed, stream, number, i, DRAW);
      extend(mixture, draws.uniforms(particles), energyA, energyB, logWeight);
      boolean last = i + 1 == space.length();
      if (!last && Resampling.effective(logWeight) < particles / 2.0) {
        logZ += LogSum.of(logWeight) - Math.log(particles);
        double place = KeyedRandom.of(seed, stream, number, i, RESAMPLE).uniform();
        int[] ancestors = Resampling.ancestors(logWeight, place);
        a.reindex(ancestors);
        b.reindex(ancestors);
        energyA = at(energyA, ancestors);
        energyB = at(energyB, ancestors);
        logWeight = new double[particles];
      }
    }
    double log = LogSum.of(logWeight);
    double[] normalised = new double[particles];
    for (int p = 0; p < particles; p++) {
      normalised[p] = Math.exp(logWeight[p] - log);
    }
    return new Population(energyA, energyB, normalised, logZ + log - Math.log(particles));
  }

  private static double[] at(double[] values, int[] index) {
    return IntStream.of(index).mapToDouble(i -> values[i]).toArray();
  }

  /** One more token in every particle. */
  private void extend(
      Mixture mixture, double[] uniforms, double[] energyA, double[] energyB, double[] logWeight) {
    float[][] nextA = a.next();
    float[][] nextB = b.next();
    int[] tokens = new int[particles];
    IntStream.range(0, particles)
        .parallel()
        .forEach(
            p -> {
              double[] log = mixed(mixture, nextA[p], nextB[p]);
              double total = LogSum.of(log);
              int column = draw(log, total, uniforms[p]);
              tokens[p] = space.allowed()[column];
              energyA[p] -= nextA[p][column];
              energyB[p] -= nextB[p][column];
              logWeight[p] += total;
            });
    a.append(tokens);
    b.append(tokens);
  }

  private static double[] mixed(Mixture mixture, float[] logA, float[] logB) {
    double[] log = new double[logA.length];
    for (int v = 0; v < log.length; v++) {
      log[v] = mixture.a() * logA[v] + mixture.b() * logB[v];
    }
    return log;
  }

  /** The column at which the cumulative distribution passes a uniform number. */
  private static int draw(double[] log, double total, double uniform) {
    double rest = uniform;
    int last = 0;
    for (int v = 0; v < log.length; v++) {
      double p = Math.exp(log[v] - total);
      if (p > 0) {
        last = v;
        rest -= p;
        if (rest < 0) {
          return v;
        }
      }
    }
    return last; // only by rounding of the cumulative sum
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
