package io.modeldiff.analysis.reweighting;

import io.modeldiff.analysis.resampling.Jackknife;
import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.resampling.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * log Z at any β from position-SMC populations at a few β's, independent of replica exchange.
 *
 * <p>A particle of replicate r at β_j carries Ẑ_j^r·W·e^{β_j E} inputs, unbiased. Populations at
 * several β's are joined by the balance heuristic with weights a_j(E) that sum to 1 over j, so that
 *
 * <pre>  Ẑ^r(β) = Σ_j Ẑ_j^r Σ_i W_i e^{(β_j − β) E_i} a_j(E_i) </pre>
 *
 * is unbiased for every replicate number r, and replicates are independent: their spread is an
 * honest error bar. Where a few particles or replicates carry the estimate it is not given.
 */
public final class SmcPartition {
  private static final double FEWEST_EFFECTIVE = 100;
  private static final int FEWEST_REPLICATES = 4;

  private final double[] betas;
  private final List<List<Population>> byBeta;
  private final double[] logZ;
  private final double[] logCounts;
  private final int replicates;

  /**
   * One replicate at one β.
   *
   * @param beta target inverse temperature
   * @param energies [particle] nats per sequence
   * @param logWeights [particle] log of the normalised weights, Σ W = 1
   * @param logZ log of the unbiased estimate of Z(β)
   */
  public record Population(double beta, double[] energies, double[] logWeights, double logZ) {}

  /**
   * log Z at one β.
   *
   * @param value log of the mean over replicates
   * @param spread of the logarithm
   */
  public record Estimate(double value, Spread spread) {}

  private SmcPartition(List<List<Population>> byBeta) {
    this.byBeta = byBeta;
    this.replicates = byBeta.stream().mapToInt(List::size).min().orElse(0);
    this.betas = byBeta.stream().mapToDouble(p -> p.get(0).beta()).toArray();
    this.logZ = new double[betas.length];
    this.logCounts = new double[betas.length];
    for (int j = 0; j < betas.length; j++) {
      List<Population> used = byBeta.get(j).subList(0, replicates);
      logZ[j] =
          LogMath.logSum(used.stream().mapToDouble(Population::logZ).toArray())
              - Math.log(replicates);
      logCounts[j] = Math.log(used.stream().mapToInt(p -> p.energies().length).sum());
    }
  }

  /** Joins populations; those of one β are its replicates, in order. */
  public static SmcPartition of(List<Population> populations) {
    TreeMap<Double, List<Population>> sorted = new TreeMap<>();
    for (Population p : populations) {
      sorted.computeIfAbsent(p.beta(), b -> new java.util.ArrayList<>()).add(p);
    }
    return new SmcPartition(List.copyOf(sorted.values()));
  }

  /**
   * log Z(β) = log Σ_x exp(−β·E(x)) over inputs with E at or above a floor; null where the
   * populations say too little about it.
   *
   * @param floorEnergy nats; −∞ for none
   */
  public @Nullable Estimate at(double beta, double floorEnergy) {
    if (replicates < FEWEST_REPLICATES) {
      return null;
    }
    double[] logs = new double[replicates];
    Arrays.fill(logs, Double.NEGATIVE_INFINITY);
    double squares = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < betas.length; j++) {
      for (int r = 0; r < replicates; r++) {
        Population p = byBeta.get(j).get(r);
        for (int i = 0; i < p.energies().length; i++) {
          if (p.energies()[i] >= floorEnergy) {
            double term = term(j, p, i, beta);
            logs[r] = LogMath.logAdd(logs[r], term);
            squares = LogMath.logAdd(squares, 2 * term);
          }
        }
      }
    }
    double total = LogMath.logSum(logs);
    boolean carried =
        total == Double.NEGATIVE_INFINITY
            || Math.exp(2 * total - squares) < FEWEST_EFFECTIVE
            || effective(logs) < replicates / 2.0;
    return carried ? null : estimate(logs);
  }

  private double term(int j, Population p, int i, double beta) {
    double energy = p.energies()[i];
    double mixture = Double.NEGATIVE_INFINITY;
    for (int l = 0; l < betas.length; l++) {
      mixture = LogMath.logAdd(mixture, logCounts[l] - betas[l] * energy - logZ[l]);
    }
    return p.logZ() - logZ[j] + p.logWeights()[i] + logCounts[j] - beta * energy - mixture;
  }

  /** Effective number of replicates, (Σ Ẑ)²/Σ Ẑ². */
  private static double effective(double[] logs) {
    double[] twice = Arrays.stream(logs).map(l -> 2 * l).toArray();
    return Math.exp(2 * LogMath.logSum(logs) - LogMath.logSum(twice));
  }

  private static @Nullable Estimate estimate(double[] logs) {
    LaneGroups groups = new LaneGroups(logs.length);
    double[] values = new double[1 + groups.groups()];
    for (int g = 0; g < values.length; g++) {
      double log = Double.NEGATIVE_INFINITY;
      int n = 0;
      for (int r = 0; r < logs.length; r++) {
        if (groups.of(r) != g - 1) {
          log = LogMath.logAdd(log, logs[r]);
          n++;
        }
      }
      values[g] = log - Math.log(n);
    }
    Spread spread = new Jackknife(groups).relative(values);
    return spread == null ? null : new Estimate(values[0], spread);
  }
}
