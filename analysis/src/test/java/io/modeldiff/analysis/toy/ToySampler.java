package io.modeldiff.analysis.toy;

import io.modeldiff.analysis.comparison.SampleBatch;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws from a {@link ToyPair} whose distribution is exact by construction. */
public final class ToySampler {
  private ToySampler() {}

  /** Cumulative probabilities of π_β restricted to z ≥ floor. */
  private static double[] cumulative(float[] z, int n, double beta, double floor) {
    double[] c = new double[z.length];
    double sum = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (float v : z) {
      lowest = Math.min(lowest, v);
    }
    for (int x = 0; x < c.length; x++) {
      sum += z[x] >= floor ? Math.exp(-beta * n * (z[x] - lowest)) : 0;
      c[x] = sum;
    }
    return c;
  }

  private static int draw(double[] cumulative, SplittableRandom random) {
    double u = random.nextDouble() * cumulative[cumulative.length - 1];
    int at = Arrays.binarySearch(cumulative, u);
    return Math.min(cumulative.length - 1, at < 0 ? -at - 1 : at + 1);
  }

  /**
   * Chains at fixed rungs: each step redraws from π_β with probability 1 − stay, else repeats.
   *
   * @param scoreAll whether samples outside Z are scored by the other model too
   */
  public static SampleBatch chains(
      ToyPair pair,
      boolean a,
      double[] beta,
      double floor,
      int lanes,
      int steps,
      double stay,
      boolean scoreAll,
      io.modeldiff.core.space.NllRange range,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = beta.length * lanes * steps;
    SampleBatch batch =
        new SampleBatch(
            new float[size],
            new float[size],
            new boolean[size],
            new short[size],
            new short[size],
            new double[0]);
    int i = 0;
    for (int k = 0; k < beta.length; k++) {
      double[] cumulative = cumulative(pair.z(a), pair.length, beta[k], beta[k] == 1 ? -1 : floor);
      for (int lane = 0; lane < lanes; lane++) {
        int x = draw(cumulative, random);
        for (int step = 0; step < steps; step++, i++) {
          if (random.nextDouble() >= stay) {
            x = draw(cumulative, random);
          }
          fill(batch, i, pair, a, x, lane, k, scoreAll, range);
        }
      }
    }
    return batch;
  }

  private static void fill(
      SampleBatch batch,
      int i,
      ToyPair pair,
      boolean a,
      int x,
      int lane,
      int rung,
      boolean scoreAll,
      io.modeldiff.core.space.NllRange range) {
    batch.zOwn()[i] = pair.z(a)[x];
    batch.scored()[i] = scoreAll || range.contains(pair.z(a)[x]);
    batch.zOther()[i] = batch.scored()[i] ? pair.z(!a)[x] : 0;
    batch.lane()[i] = (short) lane;
    batch.rung()[i] = (short) rung;
  }

  /**
   * Position-SMC: tokens from p^β/c_β, weights c_β, systematic resampling below half the particles.
   *
   * @param logPartition receives log Ẑ at {@code [rung][replicate]}
   */
  public static SampleBatch smc(
      ToyPair pair,
      boolean a,
      double[] beta,
      int replicates,
      int particles,
      double[][] logPartition,
      io.modeldiff.core.space.NllRange range,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = beta.length * replicates * particles;
    double[] importance = new double[size];
    SampleBatch batch =
        new SampleBatch(
            new float[size],
            new float[size],
            new boolean[size],
            new short[size],
            new short[size],
            importance);
    int i = 0;
    for (int k = 0; k < beta.length; k++) {
      for (int r = 0; r < replicates; r++) {
        double[] logWeight = new double[particles];
        int[] x = population(pair, a, beta[k], logWeight, random);
        double max = Arrays.stream(logWeight).max().orElseThrow();
        double sum = Arrays.stream(logWeight).map(w -> Math.exp(w - max)).sum();
        double logSum = max + Math.log(sum);
        logPartition[k][r] = logSum - Math.log(particles);
        for (int p = 0; p < particles; p++, i++) {
          fill(batch, i, pair, a, x[p], r, k, false, range);
          importance[i] =
              io.modeldiff.analysis.reweighting.SmcWeights.logImportance(
                  logWeight[p] - logSum, particles, logPartition[k][r]);
        }
      }
    }
    return batch;
  }

  private static int[] population(
      ToyPair pair, boolean a, double beta, double[] logWeight, SplittableRandom random) {
    int particles = logWeight.length;
    int[] x = new int[particles];
    double[] p = new double[pair.vocabulary];
    for (int i = 0; i < pair.length; i++) {
      resampleIfNeeded(x, logWeight, random);
      for (int m = 0; m < particles; m++) {
        double c = 0;
        for (int v = 0; v < p.length; v++) {
          p[v] = Math.exp(beta * pair.logConditional(a, i, x[m], v));
          c += p[v];
        }
        double u = random.nextDouble() * c;
        int v = 0;
        while (v < p.length - 1 && u >= p[v]) {
          u -= p[v++];
        }
        x[m] = x[m] * pair.vocabulary + v;
        logWeight[m] += Math.log(c);
      }
    }
    return x;
  }

  private static void resampleIfNeeded(int[] x, double[] logWeight, SplittableRandom random) {
    int n = x.length;
    double max = Arrays.stream(logWeight).max().orElseThrow();
    double[] w = Arrays.stream(logWeight).map(l -> Math.exp(l - max)).toArray();
    double sum = Arrays.stream(w).sum();
    double squares = Arrays.stream(w).map(v -> v * v).sum();
    if (sum * sum / squares >= n / 2.0) {
      return;
    }
    int[] old = x.clone();
    double step = sum / n;
    double u = random.nextDouble() * step;
    double reached = 0;
    int from = -1;
    for (int m = 0; m < n; m++) {
      while (reached <= u + m * step && from < n - 1) {
        reached += w[++from];
      }
      x[m] = old[from];
      logWeight[m] = max + Math.log(step);
    }
  }
}
