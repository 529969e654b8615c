package io.modeldiff.analysis.history;

import io.modeldiff.analysis.comparison.CampaignInput;
import io.modeldiff.analysis.comparison.Comparison;
import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.reweighting.SmcPartition;
import io.modeldiff.analysis.reweighting.SmcWeights;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.SpaceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The comparison of two sides of a stored comparison, from the journal to the estimates. */
public final class ComparisonAnalysis {
  private final HistoryReader reader;

  /** On a journal. */
  public ComparisonAnalysis(HistoryReader reader) {
    this.reader = reader;
  }

  /**
   * One side: its campaign, its counted samples and their weights.
   *
   * @param campaign what its history says
   * @param samples its counted samples with tokens
   * @param input what the estimators read
   * @param pilot the pilot's SMC populations, an independent estimate of log Z; empty without one
   * @param kept the populations that count as estimates, of methods that run replicates; else empty
   */
  public record Side(
      CampaignRecord campaign,
      KeptSamples samples,
      CampaignInput input,
      List<SmcPartition.Population> pilot,
      List<SmcPartition.Population> kept) {}

  /**
   * Both sides and what they give.
   *
   * @param comparison the stored comparison
   * @param a first side
   * @param b second side
   * @param result the estimates
   */
  public record Outcome(ComparisonRecord comparison, Side a, Side b, ComparisonResult result) {}

  /** The comparison at its own λ and bin width; null while a side has no counted sample. */
  public @Nullable Outcome of(String comparison) {
    ComparisonRecord record = reader.comparison(comparison);
    return of(record, record.spec().lambda(), record.spec().bin());
  }

  /**
   * The comparison at another λ or bin width; null while a side has no counted sample.
   *
   * @param lambda λ ≥ 0, nats per token
   * @param bin width of the D and z bins, nats per token
   */
  public @Nullable Outcome of(String comparison, double lambda, double bin) {
    return of(reader.comparison(comparison), lambda, bin);
  }

  private @Nullable Outcome of(ComparisonRecord record, double lambda, double bin) {
    Side a = side(record, 0, 1);
    Side b = side(record, 1, 0);
    if (a == null || b == null) {
      return null;
    }
    ComparisonSpec asked =
        new ComparisonSpec(record.spec().space().scored(), record.spec().z(), lambda, bin);
    return new Outcome(record, a, b, Comparison.of(a.input(), b.input(), asked));
  }

  /**
   * The comparison as it was when both sides had counted a number of rounds (a side that ended
   * before: all of its). A function of the stored rounds alone, whenever it is asked.
   *
   * @return null as long as a side has not come so far, or its inputs in Z are not scored by the
   *     other model; also when both sides ended with fewer rounds
   */
  public @Nullable Outcome at(String comparison, long rounds) {
    ComparisonRecord record = reader.comparison(comparison);
    CampaignRecord a = reader.campaign(record.spec().sides().get(0).campaign());
    CampaignRecord b = reader.campaign(record.spec().sides().get(1).campaign());
    if (Math.max(a.countedRounds(), b.countedRounds()) < rounds) {
      return null;
    }
    Side sideA = sideAt(record, a, 0, 1, rounds);
    Side sideB = sideA == null ? null : sideAt(record, b, 1, 0, rounds);
    if (sideA == null || sideB == null) {
      return null;
    }
    ComparisonSpec asked =
        new ComparisonSpec(
            record.spec().space().scored(),
            record.spec().z(),
            record.spec().lambda(),
            record.spec().bin());
    return new Outcome(record, sideA, sideB, Comparison.of(sideA.input(), sideB.input(), asked));
  }

  private @Nullable Side sideAt(
      ComparisonRecord record, CampaignRecord campaign, int side, int other, long rounds) {
    boolean there = campaign.countedRounds() >= rounds || campaign.stoppedBy() != null;
    if (!there || !campaign.hasCountedRounds()) {
      return null;
    }
    CampaignRecord part = campaign.through(campaign.samplingFrom() + rounds - 1);
    KeptSamples kept = reader.samples(part, record.cross(side, other));
    boolean scored = kept.batches().stream().allMatch(b -> isScored(b, record));
    CampaignInput input = scored && kept.size() > 0 ? input(part, kept) : null;
    return input == null ? null : new Side(part, kept, input, List.of(), List.of());
  }

  private @Nullable Side side(ComparisonRecord record, int side, int other) {
    CampaignRecord campaign = reader.campaign(record.spec().sides().get(side).campaign());
    KeptSamples kept = withCrossScores(reader.samples(campaign, record.cross(side, other)), record);
    CampaignInput input = kept.size() == 0 ? null : input(campaign, kept);
    return input == null
        ? null
        : new Side(
            campaign,
            kept,
            input,
            reader.populations(campaign, false),
            reader.populations(campaign, true));
  }

  /**
   * Samples inside Z whose other energy is not stored yet are left out, with all later ones of
   * their kind: live results read only what both models have seen. A finished comparison has none.
   */
  private static KeptSamples withCrossScores(KeptSamples kept, ComparisonRecord record) {
    if (record.complete()) {
      return kept;
    }
    List<SampleBatch> batches = new ArrayList<>();
    List<int[][]> tokens = new ArrayList<>();
    List<Long> rounds = new ArrayList<>();
    for (int i = 0; i < kept.batches().size(); i++) {
      SampleBatch batch = kept.batches().get(i);
      if (isScored(batch, record)) {
        batches.add(batch);
        tokens.add(kept.tokens().get(i));
        rounds.add(kept.rounds().get(i));
      }
    }
    return new KeptSamples(batches, tokens, rounds);
  }

  private static boolean isScored(SampleBatch batch, ComparisonRecord record) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.scored()[i] && record.spec().z().contains(batch.zOwn()[i])) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable CampaignInput input(CampaignRecord campaign, KeptSamples kept) {
    if (campaign.byReplicates()) {
      return smc(campaign, kept);
    }
    Schedule schedule = campaign.schedule();
    SpaceSpec space = campaign.spec().space();
    return schedule == null
        ? null
        : CampaignInput.tempering(
            kept.batches(),
            rungs(schedule, space.scored()),
            campaign.spec().lanes(),
            space.scored(),
            space.toSpace().logPartitionAtOne());
  }

  /**
   * The schedule's densities; a bias that is −∞ below some z is a floor. On a ladder of several
   * rungs β = 1 and β = 0 stay exact, because their normalisers are known only without a floor.
   */
  static Rungs rungs(Schedule schedule, int scored) {
    double[] betas = withOne(schedule.betas());
    double[] floors = new double[betas.length];
    Arrays.fill(floors, Double.NEGATIVE_INFINITY);
    boolean floored =
        schedule.biasEdges().length > 0 && schedule.biasValues()[0] == Double.NEGATIVE_INFINITY;
    for (int k = 0; floored && k < betas.length; k++) {
      boolean exact = betas.length > 1 && (betas[k] == 1 || betas[k] == 0);
      floors[k] = exact ? Double.NEGATIVE_INFINITY : scored * schedule.biasEdges()[0];
    }
    return new Rungs(betas, floors);
  }

  /** With a rung at β = 1, empty if the ladder has none: its normaliser is the one known. */
  private static double[] withOne(double[] betas) {
    if (Arrays.stream(betas).anyMatch(b -> b == 1)) {
      return betas;
    }
    double[] more = Arrays.copyOf(betas, betas.length + 1);
    more[betas.length] = 1;
    return more;
  }

  private static @Nullable CampaignInput smc(CampaignRecord campaign, KeptSamples kept) {
    double[] betas = HistoryReader.smcBetas(campaign);
    if (betas.length == 0) {
      return null;
    }
    List<List<Double>> logZ = new ArrayList<>();
    for (double beta : betas) {
      logZ.add(
          HistoryReader.keptReplicates(campaign).stream()
              .filter(r -> r.beta() == beta)
              .map(CampaignRecord.Replicate::logZ)
              .toList());
    }
    int replicates = logZ.stream().mapToInt(List::size).min().orElse(0);
    double[][] table = new double[betas.length][replicates];
    int[] particles = new int[betas.length];
    Arrays.fill(particles, campaign.spec().smcParticles());
    for (int k = 0; k < betas.length; k++) {
      for (int r = 0; r < replicates; r++) {
        table[k][r] = logZ.get(k).get(r);
      }
    }
    return CampaignInput.of(kept.batches(), SmcWeights.of(betas, table, particles));
  }
}
