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
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.Histories;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stored comparison, from the journal to the estimates. It is followed: every event is read once,
 * and asking again reads only what was stored since. The first answer of a new one is what a
 * rebuild from the journal gives. Safe to use from several threads.
 */
public final class ComparisonAnalysis {
  private final EventSource reader;
  private final String comparison;
  private final ComparisonRecord.Fold fold;
  private final Map<Integer, CampaignFollower> campaigns = new HashMap<>();
  private final Map<Integer, SampleStore> samples = new HashMap<>();
  private long next = 1;

  /** Of a comparison, on a journal. */
  public ComparisonAnalysis(EventSource reader, String comparison) {
    this.reader = reader;
    this.comparison = comparison;
    this.fold = new ComparisonRecord.Fold(comparison);
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
      List<SmcPartition.Population> kept) {
    /** log of the number of inputs that a sample stands for. */
    public double logWeight(SampleBatch batch, int i) {
      int scored = campaign.spec().space().scored();
      double log = input.weights().logWeight(scored * (double) batch.zOwn()[i]);
      return batch.logImportance().length == 0
          ? log
          : log + batch.logImportance()[i] + input.weights().rungFactors()[0][batch.rung()[i]];
    }
  }

  /**
   * Both sides and what they give.
   *
   * @param comparison the stored comparison
   * @param asked the λ and bin width of the result
   * @param a first side
   * @param b second side
   * @param result the estimates
   */
  public record Outcome(
      ComparisonRecord comparison, ComparisonSpec asked, Side a, Side b, ComparisonResult result) {
    static Outcome of(ComparisonRecord comparison, Side a, Side b, double lambda, double bin) {
      ComparisonSpec asked =
          new ComparisonSpec(
              comparison.spec().space().scored(), comparison.spec().z(), lambda, bin);
      return new Outcome(comparison, asked, a, b, Comparison.of(a.input(), b.input(), asked));
    }

    /** The same samples at another λ, nats per token. */
    public Outcome at(double lambda) {
      return lambda == asked.lambda() ? this : of(comparison, a, b, lambda, asked.binWidth());
    }

    /**
     * Up to which event of which history it was computed, by persistence id: the comparison's and
     * both campaigns'. What replicas store counts only once their campaign's history says so.
     */
    public Map<String, Long> reached() {
      Map<String, Long> reached = new TreeMap<>();
      reached.put(Histories.comparison(comparison.comparison()), comparison.events());
      reached.put(Histories.campaign(a.campaign().campaign()), a.campaign().events());
      reached.put(Histories.campaign(b.campaign().campaign()), b.campaign().events());
      return reached;
    }
  }

  /**
   * What the comparison's history says by now.
   *
   * @throws UserException when there is no such comparison
   */
  public synchronized ComparisonRecord record() {
    next =
        reader.from(
            Histories.comparison(comparison),
            next,
            ComparisonEvent.class,
            (sequence, event) -> fold.add(event));
    ComparisonRecord found = fold.record();
    if (found == null) {
      throw UserException.badInput(
          "There is no comparison " + comparison + "; 'modeldiff comparison list' names them.");
    }
    return found;
  }

  /** The first two models at the comparison's own λ and bin width; null without counted samples. */
  public synchronized @Nullable Outcome outcome() {
    ComparisonRecord record = record();
    return outcome(record, 0, 1, record.spec().lambda(), record.spec().bin());
  }

  /**
   * The first two models at another λ or bin width; null while a side has no counted sample.
   *
   * @param lambda λ ≥ 0, nats per token
   * @param bin width of the D and z bins, nats per token
   */
  public synchronized @Nullable Outcome outcome(double lambda, double bin) {
    return outcome(record(), 0, 1, lambda, bin);
  }

  /** Any two of the models, by their places in the comparison. */
  public synchronized @Nullable Outcome outcome(int first, int second, double lambda, double bin) {
    return outcome(record(), first, second, lambda, bin);
  }

  private @Nullable Outcome outcome(
      ComparisonRecord record, int first, int second, double lambda, double bin) {
    Side a = side(record, first, second);
    Side b = side(record, second, first);
    if (a == null || b == null) {
      return null;
    }
    return Outcome.of(record, a, b, lambda, bin);
  }

  /**
   * The comparison as it was when both sides had counted a number of rounds (a side that ended
   * before: all of its). A function of the stored rounds alone, whenever it is asked.
   *
   * @return null as long as a side has not come so far, or its inputs in Z are not scored by the
   *     other model; also when both sides ended with fewer rounds
   */
  public synchronized @Nullable Outcome at(long rounds) {
    ComparisonRecord record = record();
    CampaignRecord a = campaign(record, 0);
    CampaignRecord b = campaign(record, 1);
    if (Math.max(a.countedRounds(), b.countedRounds()) < rounds) {
      return null;
    }
    Side sideA = sideAt(record, a, 0, 1, rounds);
    Side sideB = sideA == null ? null : sideAt(record, b, 1, 0, rounds);
    return sideA == null || sideB == null
        ? null
        : Outcome.of(record, sideA, sideB, record.spec().lambda(), record.spec().bin());
  }

  private @Nullable Side sideAt(
      ComparisonRecord record, CampaignRecord campaign, int side, int other, long rounds) {
    boolean there = campaign.countedRounds() >= rounds || campaign.stoppedBy() != null;
    if (!there || !campaign.hasCountedRounds()) {
      return null;
    }
    CampaignRecord part = campaign.through(campaign.samplingFrom() + rounds - 1);
    KeptSamples kept = store(side).readIfScored(part, record, side, other);
    CampaignInput input = kept == null || kept.size() == 0 ? null : input(part, kept);
    return kept == null || input == null ? null : new Side(part, kept, input, List.of(), List.of());
  }

  private CampaignRecord campaign(ComparisonRecord record, int side) {
    String id = record.spec().sides().get(side).campaign();
    return campaigns.computeIfAbsent(side, s -> new CampaignFollower(reader, id)).read();
  }

  private SampleStore store(int side) {
    return samples.computeIfAbsent(side, s -> new SampleStore(reader));
  }

  private @Nullable Side side(ComparisonRecord record, int side, int other) {
    CampaignRecord campaign = campaign(record, side);
    return side(campaign, store(side), store(side).read(campaign, record, side, other));
  }

  static @Nullable Side side(CampaignRecord campaign, SampleStore store, KeptSamples kept) {
    CampaignInput input = kept.size() == 0 ? null : input(campaign, kept);
    return input == null
        ? null
        : new Side(
            campaign,
            kept,
            input,
            store.populations(campaign, false),
            store.populations(campaign, true));
  }

  static @Nullable CampaignInput input(CampaignRecord campaign, KeptSamples kept) {
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
