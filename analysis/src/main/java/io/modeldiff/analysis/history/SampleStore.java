package io.modeldiff.analysis.history;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.reweighting.SmcPartition;
import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.SmcEvent;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one campaign as they arrive: every stored round or replicate is read from the
 * journal once, and its columns are built once, when all of it that counts has been scored.
 */
final class SampleStore {
  private static final double[] NONE = {};

  private final EventSource reader;
  private final Map<String, Tail> tails = new HashMap<>();
  private final Map<Integer, List<SmcPartition.Population>> populations = new ConcurrentHashMap<>();
  // 0, 1, 2, ...: the lanes of every round of a campaign are the same.
  private short[] lanes = {};

  /** What was read of one replica's or replicate's history. */
  private static final class Tail {
    private final List<StoredSamples> stored = new ArrayList<>();
    private long next = 1;
  }

  SampleStore(EventSource reader) {
    this.reader = reader;
  }

  /**
   * Reads what is new and answers everything that counts by now.
   *
   * @param campaign what the campaign's history says by now
   * @param record the comparison, with the energies that side {@code scorer} gave
   * @param side this campaign's index in the comparison
   */
  KeptSamples read(CampaignRecord campaign, ComparisonRecord record, int side, int scorer) {
    KeptSamples.Builder kept = new KeptSamples.Builder();
    // Live results read only what both models have seen.
    NllRange required = record.complete() ? null : record.spec().z();
    add(campaign, new Known(required, record.cross(side, scorer), scorer), kept);
    return kept.build();
  }

  /** The same, but null while a counted sample inside Z is not scored. */
  @Nullable KeptSamples readIfScored(
      CampaignRecord campaign, ComparisonRecord record, int side, int scorer) {
    KeptSamples.Builder kept = new KeptSamples.Builder();
    add(campaign, new Known(record.spec().z(), record.cross(side, scorer), scorer), kept);
    long counted =
        tails.values().stream()
            .flatMap(tail -> tail.stored.stream())
            .filter(s -> counts(campaign, s))
            .count();
    KeptSamples found = kept.build();
    return found.batches().size() == counted ? found : null;
  }

  /** The SMC populations of a campaign: of its pilot, or those that count as estimates. */
  List<SmcPartition.Population> populations(CampaignRecord campaign, boolean kept) {
    List<SmcPartition.Population> all = new ArrayList<>();
    for (CampaignRecord.Replicate replicate : campaign.replicates()) {
      if (replicate.kept() == kept) {
        all.addAll(
            populations.computeIfAbsent(
                replicate.index(), i -> population(Histories.smc(campaign.campaign(), i))));
      }
    }
    return all;
  }

  private List<SmcPartition.Population> population(String history) {
    List<SmcPartition.Population> found = new ArrayList<>();
    reader.from(
        history,
        1,
        SmcEvent.class,
        (sequence, event) -> {
          if (event instanceof SmcEvent.SmcCompleted done) {
            found.add(population(done));
          }
        });
    return found;
  }

  private static SmcPartition.Population population(SmcEvent.SmcCompleted done) {
    return new SmcPartition.Population(
        done.beta(), done.energies(), done.logWeights(), done.logZ());
  }

  /** Everything that counts by now, without another model's energies. */
  KeptSamples read(CampaignRecord campaign) {
    KeptSamples.Builder kept = new KeptSamples.Builder();
    add(campaign, Known.NOTHING, kept);
    return kept.build();
  }

  /**
   * What is known of the other model's energies.
   *
   * @param required whether a sample inside this range counts only once it is scored
   */
  private record Known(@Nullable NllRange required, CrossEnergies cross, int scorer) {
    static final Known NOTHING = new Known(null, new CrossEnergies(1), -1);
  }

  private void add(CampaignRecord campaign, Known known, KeptSamples.Builder kept) {
    if (campaign.byReplicates()) {
      particles(campaign, known, kept);
    } else {
      rounds(campaign, known, kept);
    }
  }

  private void rounds(CampaignRecord campaign, Known known, KeptSamples.Builder kept) {
    if (campaign.schedule() == null || !campaign.hasCountedRounds()) {
      return;
    }
    List<Runnable> readings = new ArrayList<>();
    Map<String, Tail> replicas = new LinkedHashMap<>();
    for (int k = 0; k < campaign.schedule().betas().length; k++) {
      String history = Histories.replica(campaign.campaign(), k);
      Tail tail = tails.computeIfAbsent(history, h -> new Tail());
      replicas.put(history, tail);
      readings.add(() -> readRounds(campaign, history, tail));
    }
    reader.together(readings);
    replicas.forEach(
        (history, tail) -> {
          for (StoredSamples s : tail.stored) {
            if (counts(campaign, s)) {
              add(history, s, lanes(s.size()), s.rung(), known, kept);
            }
          }
        });
  }

  private void readRounds(CampaignRecord campaign, String history, Tail tail) {
    tail.next =
        reader.from(
            history,
            tail.next,
            ReplicaEvent.class,
            (sequence, event) -> {
              // A later ladder than the record's may be here already: the record is older.
              if (event instanceof ReplicaAdvanced r && r.ladder() >= campaign.ladder()) {
                tail.stored.add(
                    new StoredSamples(
                        sequence,
                        r.round(),
                        r.ladder(),
                        r.rung(),
                        r.tokens(),
                        r.energies(),
                        campaign.spec().space().scored(),
                        NONE));
              }
            });
    // A new ladder makes everything before it a matter of adaptation only.
    tail.stored.removeIf(s -> s.ladder() < campaign.ladder());
  }

  private static boolean counts(CampaignRecord campaign, StoredSamples s) {
    return s.ladder() == campaign.ladder()
        && s.round() >= campaign.samplingFrom()
        && s.round() <= campaign.throughRound();
  }

  private void particles(CampaignRecord campaign, Known known, KeptSamples.Builder kept) {
    double[] betas = HistoryReader.smcBetas(campaign);
    List<CampaignRecord.Replicate> replicates = HistoryReader.keptReplicates(campaign);
    long used =
        DoubleStream.of(betas)
            .mapToLong(beta -> replicates.stream().filter(r -> r.beta() == beta).count())
            .min()
            .orElse(0);
    int[] next = new int[betas.length];
    List<Runnable> readings = new ArrayList<>();
    List<Placed> placed = new ArrayList<>();
    for (CampaignRecord.Replicate replicate : replicates) {
      int rung = Arrays.binarySearch(betas, replicate.beta());
      int lane = next[rung]++;
      if (lane >= used) {
        continue; // a lane is one replicate at every beta
      }
      String history = Histories.smc(campaign.campaign(), replicate.index());
      Tail tail = tails.computeIfAbsent(history, h -> new Tail());
      placed.add(new Placed(history, tail, lane, rung));
      readings.add(() -> readParticles(campaign, replicate.index(), history, tail));
    }
    reader.together(readings);
    for (Placed p : placed) {
      for (StoredSamples s : p.tail().stored) {
        add(p.history(), s, same(s.size(), p.lane()), same(s.size(), p.rung()), known, kept);
      }
    }
  }

  /** A replicate and where its samples count. */
  private record Placed(String history, Tail tail, int lane, int rung) {}

  private void readParticles(CampaignRecord campaign, int index, String history, Tail tail) {
    tail.next =
        reader.from(
            history,
            tail.next,
            SmcEvent.class,
            (sequence, event) -> {
              if (event instanceof SmcEvent.SmcCompleted done) {
                populations.putIfAbsent(index, List.of(population(done)));
                tail.stored.add(
                    new StoredSamples(
                        sequence,
                        index,
                        0,
                        new int[0],
                        done.tokens(),
                        done.energies(),
                        campaign.spec().space().scored(),
                        HistoryReader.logImportance(done, campaign.spec().smcParticles())));
              }
            });
  }

  private static void add(
      String history,
      StoredSamples stored,
      short[] lane,
      short[] rung,
      Known known,
      KeptSamples.Builder kept) {
    SampleBatch batch =
        stored.columns(
            known.scorer(),
            known.cross().of(history, stored.sequence()),
            lane,
            rung,
            known.required());
    if (batch != null) {
      kept.add(stored.round(), stored.tokens(), batch);
    }
  }

  private short[] lanes(int n) {
    if (lanes.length != n) {
      lanes = new short[n];
      for (int i = 0; i < n; i++) {
        lanes[i] = (short) i;
      }
    }
    return lanes;
  }

  private static short[] same(int n, int value) {
    short[] all = new short[n];
    Arrays.fill(all, (short) value);
    return all;
  }
}
