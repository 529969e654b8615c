package io.modeldiff.analysis.history;

import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.TermErrors;
import io.modeldiff.analysis.diagnostics.ChainDiagnostics;
import io.modeldiff.analysis.diagnostics.Discrepancy;
import io.modeldiff.analysis.diagnostics.PhaseChange;
import io.modeldiff.analysis.diagnostics.Verdict;
import io.modeldiff.analysis.reweighting.CampaignWeights;
import io.modeldiff.analysis.reweighting.SmcPartition;
import io.modeldiff.core.campaign.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one campaign (statistics, section 4): R̂ over lanes per rung, agreement of log Z
 * with position-SMC, closure, smoothness along the ladder, and the verdict over all of them.
 *
 * @param rHat split rank-normalised R̂ of z over lanes, by β; empty with too few rounds
 * @param smcAgreement log Z by replica exchange minus by SMC, by β where both know it
 * @param closure log Z(0) − log Z(1) − N log V, or null without a rung at β = 0
 * @param verdict all criteria
 * @param phaseChanges jumps of E[z] along the ladder and rungs with two modes, in words; they stand
 *     against convergence only where the lanes do not mix
 */
public record Convergence(
    Map<Double, Double> rHat,
    Map<Double, Discrepancy> smcAgreement,
    @Nullable Discrepancy closure,
    Verdict verdict,
    List<String> phaseChanges) {
  private static final int FEWEST_ROUNDS = 8;

  /**
   * The checks of one side of a comparison.
   *
   * @param result whose errors are held against the target; null for a campaign by itself
   */
  public static Convergence of(ComparisonAnalysis.Side side, @Nullable ComparisonResult result) {
    CampaignRecord campaign = side.campaign();
    Schedule schedule = campaign.schedule();
    if (campaign.byReplicates()) {
      return ofReplicates(side, result);
    }
    if (schedule == null) {
      Verdict none = Verdict.builder().rHat(Map.of()).smcAgreement(Map.of()).closure(null).build();
      return new Convergence(Map.of(), Map.of(), null, none, List.of());
    }
    double[][][] chains = EnergyChains.of(campaign, side.samples());
    Map<Double, Double> rHat = rHat(schedule.betas(), chains);
    Map<Double, Discrepancy> smc = smcAgreement(side, side.input().weights());
    Discrepancy closure =
        Discrepancy.closure(
            side.input().weights(), campaign.spec().space().toSpace().logPartitionAtZero());
    List<String> changes = phaseChanges(schedule, chains, campaign.spec().space().scored());
    Verdict.Builder verdict = Verdict.builder().rHat(rHat).smcAgreement(smc).closure(closure);
    // Two modes that the lanes cross freely are a property of the model, not a failure to mix.
    if (changes.isEmpty() || !mixes(rHat)) {
      verdict.phaseChange(changes);
    }
    target(verdict, side, result);
    return new Convergence(rHat, smc, closure, verdict.build(), changes);
  }

  private static Map<Double, Double> rHat(double[] betas, double[][][] chains) {
    Map<Double, Double> byBeta = new TreeMap<>();
    for (int k = 0; k < betas.length; k++) {
      if (chains[k].length > 0
          && chains[k][0].length >= FEWEST_ROUNDS
          && EnergyChains.isComplete(chains[k])) {
        byBeta.put(betas[k], ChainDiagnostics.of(chains[k]).rHat());
      }
    }
    return byBeta;
  }

  private static boolean mixes(Map<Double, Double> rHat) {
    return !rHat.isEmpty() && rHat.values().stream().allMatch(r -> r < Verdict.R_HAT_LIMIT);
  }

  private static List<String> phaseChanges(Schedule schedule, double[][][] chains, int scored) {
    double[] betas = schedule.betas();
    int first = firstOnTheWay(betas);
    List<double[]> pooled = new ArrayList<>();
    for (double[][] rung : Arrays.asList(chains).subList(first, betas.length)) {
      if (rung.length == 0 || rung[0].length < FEWEST_ROUNDS || !EnergyChains.isComplete(rung)) {
        return List.of();
      }
      pooled.add(java.util.Arrays.stream(rung).flatMapToDouble(java.util.Arrays::stream).toArray());
    }
    return pooled.isEmpty()
        ? List.of()
        : PhaseChange.findings(
            Arrays.copyOfRange(betas, first, betas.length),
            pooled.toArray(double[][]::new),
            scored);
  }

  /** Rungs down to β = 0 that are there for closure say nothing of the way to Z. */
  private static int firstOnTheWay(double[] betas) {
    if (betas[0] > 0 || betas.length == 1) {
      return 0;
    }
    int one = Arrays.binarySearch(betas, 1);
    return one > 0 && one < betas.length - 1 ? one : 1;
  }

  private static Map<Double, Discrepancy> smcAgreement(
      ComparisonAnalysis.Side side, CampaignWeights weights) {
    SmcPartition smc = SmcPartition.of(side.pilot());
    Map<Double, Discrepancy> byBeta = new TreeMap<>();
    for (int k = 0; k < weights.rungs().count(); k++) {
      double beta = weights.rungs().beta()[k];
      if (beta == 1) {
        continue; // log Z(1) is known and pinned: nothing to agree about
      }
      SmcPartition.Estimate estimate = smc.at(beta, weights.rungs().floorEnergy()[k]);
      if (estimate != null) {
        byBeta.put(beta, Discrepancy.between(weights.logPartition(k), estimate));
      }
    }
    return byBeta;
  }

  /** Independent replicates have no traces to mix: what is checked is that they agree. */
  private static Convergence ofReplicates(
      ComparisonAnalysis.Side side, @Nullable ComparisonResult result) {
    SmcPartition pilot = SmcPartition.of(side.pilot());
    SmcPartition own = SmcPartition.of(side.kept());
    Map<Double, Discrepancy> agreement = new TreeMap<>();
    boolean carried = true;
    for (double beta : side.pilot().stream().mapToDouble(p -> p.beta()).distinct().toArray()) {
      SmcPartition.Estimate first = pilot.at(beta, Double.NEGATIVE_INFINITY);
      SmcPartition.Estimate second = own.at(beta, Double.NEGATIVE_INFINITY);
      if (beta != 1 && first != null && second != null) {
        agreement.put(beta, Discrepancy.between(second, first));
      }
      carried &= first == null || second != null;
    }
    Verdict.Builder verdict =
        Verdict.builder().replicates(carried && !agreement.isEmpty()).smcAgreement(agreement);
    target(verdict, side, result);
    return new Convergence(Map.of(), agreement, null, verdict.build(), List.of());
  }

  private static void target(
      Verdict.Builder verdict, ComparisonAnalysis.Side side, @Nullable ComparisonResult result) {
    Double target = side.campaign().spec().targetError();
    if (target != null && result != null) {
      verdict.targetError(TermErrors.largest(result), target);
    }
  }

  /** The largest R̂, or null when none was computed. */
  public @Nullable Double rHatMax() {
    return rHat.values().stream().max(Double::compare).orElse(null);
  }

  /** The SMC agreement that is worst in standard errors, or null. */
  public @Nullable Discrepancy worstSmcAgreement() {
    Discrepancy worst = null;
    double distance = -1;
    for (Discrepancy d : smcAgreement.values()) {
      Double sigmas = d.sigmas();
      if (sigmas != null && sigmas > distance) {
        worst = d;
        distance = sigmas;
      }
    }
    return worst;
  }
}
