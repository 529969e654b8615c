package io.modeldiff.analysis.density;

import io.modeldiff.analysis.reweighting.LogMath;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the NLLs lie at each temperature, to help choose Z: quantiles of z under π_β from weighted
 * samples, and the β* at which the mean of z is a wanted z₊.
 *
 * <p>Samples with log counting weight log w stand for e^{log w} inputs, so they represent π_β with
 * weight w e^{−βE}. With plain draws from the model itself log w is E up to a constant. Far from
 * the β's that were sampled few samples carry all weight: the effective sample size says so.
 */
public final class RangeFinder {
  private static final double MIN_ESS = 30;

  private final double[] z;
  private final double[] logWeights;
  private final int scored;

  private RangeFinder(double[] z, double[] logWeights, int scored) {
    Integer[] order = new Integer[z.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> z[i]));
    this.z = Arrays.stream(order).mapToDouble(i -> z[i]).toArray();
    this.logWeights = Arrays.stream(order).mapToDouble(i -> logWeights[i]).toArray();
    this.scored = scored;
  }

  /**
   * From samples with counting weights.
   *
   * @param z mean NLL, nats per token
   * @param logWeights log counting weights, up to a constant
   * @param scored n
   */
  public static RangeFinder of(double[] z, double[] logWeights, int scored) {
    if (z.length == 0 || z.length != logWeights.length) {
      throw new IllegalArgumentException("one weight per sample, and at least one sample, needed");
    }
    return new RangeFinder(z, logWeights, scored);
  }

  /** From independent draws of the model itself (β = 1). */
  public static RangeFinder ofModelDraws(double[] z, int scored) {
    return of(z, Arrays.stream(z).map(v -> scored * v).toArray(), scored);
  }

  /**
   * z at one β.
   *
   * @param quantiles values of z at the asked probabilities
   * @param mean E_β[z]
   * @param ess effective samples behind it
   * @param reliable whether they are enough
   */
  public record AtBeta(
      double beta, List<Double> quantiles, double mean, double ess, boolean reliable) {}

  /** Quantiles of z under π_β. */
  public AtBeta at(double beta, double... probabilities) {
    double[] w = weights(beta);
    double squares = Arrays.stream(w).map(x -> x * x).sum();
    double mean = 0;
    for (int i = 0; i < w.length; i++) {
      mean += w[i] * z[i];
    }
    List<Double> quantiles = Arrays.stream(probabilities).mapToObj(p -> quantile(w, p)).toList();
    return new AtBeta(beta, quantiles, mean, 1 / squares, 1 / squares >= MIN_ESS);
  }

  private double[] weights(double beta) {
    double[] logs = new double[z.length];
    Arrays.setAll(logs, i -> logWeights[i] - beta * scored * z[i]);
    double total = LogMath.logSum(logs);
    return Arrays.stream(logs).map(l -> Math.exp(l - total)).toArray();
  }

  private double quantile(double[] w, double p) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += w[i];
      if (sum >= p) {
        return z[i];
      }
    }
    return z[z.length - 1];
  }

  /**
   * β* with E_{β*}[z] = target, by bisection between the given ends; null if the mean does not pass
   * the target there, or too few effective samples remain to tell.
   */
  public @Nullable Double betaAt(double target, double lowest, double highest) {
    double low = lowest;
    double high = highest;
    if (at(low).mean() < target || at(high).mean() > target) {
      return null;
    }
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (at(middle).mean() > target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return at(low).reliable() ? low : null;
  }
}
