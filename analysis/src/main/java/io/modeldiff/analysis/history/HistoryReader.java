package io.modeldiff.analysis.history;

import io.modeldiff.analysis.reweighting.SmcPartition;
import io.modeldiff.analysis.reweighting.SmcWeights;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.SmcEvent;
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;

/** Reads histories from the journal. Blocking; call it from a thread that may wait. */
public final class HistoryReader {
  private final ActorSystem<?> system;
  private final JournalReader journal;

  /** A reader of the system's journal. */
  public HistoryReader(ActorSystem<?> system) {
    this.system = system;
    this.journal = new JournalReader(system);
  }

  /**
   * What a campaign's history says by now.
   *
   * @throws UserException when there is no such campaign
   */
  public CampaignRecord campaign(String campaign) {
    CampaignRecord.Fold fold = new CampaignRecord.Fold(campaign);
    each(Histories.campaign(campaign), CampaignEvent.class, (sequence, event) -> fold.add(event));
    CampaignRecord found = fold.record();
    if (found == null) {
      throw UserException.badInput(
          "There is no campaign " + campaign + "; 'modeldiff campaign list' names them.");
    }
    return found;
  }

  /**
   * A comparison's spec and everything that was scored across.
   *
   * @throws UserException when there is no such comparison
   */
  public ComparisonRecord comparison(String comparison) {
    ComparisonRecord.Fold fold = new ComparisonRecord.Fold(comparison);
    each(
        Histories.comparison(comparison),
        ComparisonEvent.class,
        (sequence, event) -> fold.add(event));
    ComparisonRecord found = fold.record();
    if (found == null) {
      throw UserException.badInput(
          "There is no comparison " + comparison + "; 'modeldiff comparison list' names them.");
    }
    return found;
  }

  /** The counted samples of one side of a comparison, scored by another side's model. */
  KeptSamples samples(CampaignRecord campaign, CrossEnergies cross) {
    return campaign.byReplicates() ? particles(campaign, cross) : rounds(campaign, cross);
  }

  private KeptSamples rounds(CampaignRecord campaign, CrossEnergies cross) {
    KeptSamples.Builder kept = new KeptSamples.Builder(campaign.spec().space().scored());
    Schedule schedule = campaign.schedule();
    if (schedule == null || !campaign.hasCountedRounds()) {
      return kept.build();
    }
    for (int k = 0; k < schedule.betas().length; k++) {
      String history = Histories.replica(campaign.campaign(), k);
      each(
          history,
          ReplicaEvent.class,
          (sequence, event) -> {
            if (event instanceof ReplicaAdvanced r && counts(campaign, r)) {
              kept.lanes(
                  r.round(), r.rung(), r.tokens(), r.energies(), cross.of(history, sequence));
            }
          });
    }
    return kept.build();
  }

  private static boolean counts(CampaignRecord campaign, ReplicaAdvanced round) {
    return round.ladder() == campaign.ladder()
        && round.round() >= campaign.samplingFrom()
        && round.round() <= campaign.throughRound();
  }

  private KeptSamples particles(CampaignRecord campaign, CrossEnergies cross) {
    KeptSamples.Builder kept = new KeptSamples.Builder(campaign.spec().space().scored());
    double[] betas = smcBetas(campaign);
    List<CampaignRecord.Replicate> replicates = keptReplicates(campaign);
    long used =
        java.util.stream.DoubleStream.of(betas)
            .mapToLong(beta -> replicates.stream().filter(r -> r.beta() == beta).count())
            .min()
            .orElse(0);
    int[] next = new int[betas.length];
    for (CampaignRecord.Replicate replicate : replicates) {
      int rung = java.util.Arrays.binarySearch(betas, replicate.beta());
      int lane = next[rung]++;
      if (lane >= used) {
        continue; // a lane is one replicate at every beta
      }
      String history = Histories.smc(campaign.campaign(), replicate.index());
      each(
          history,
          SmcEvent.class,
          (sequence, event) -> {
            if (event instanceof SmcEvent.SmcCompleted done) {
              kept.particles(
                  lane,
                  rung,
                  done.tokens(),
                  done.energies(),
                  cross.of(history, sequence),
                  logImportance(done, campaign.spec().smcParticles()));
            }
          });
    }
    return kept.build();
  }

  /**
   * Importances as if every replicate had M particles, so that each counts the same whatever its
   * size (Wang-Landau runs differ in it).
   */
  private static double[] logImportance(SmcEvent.SmcCompleted done, int particles) {
    double[] out = new double[done.energies().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = SmcWeights.logImportance(done.logWeights()[i], particles, done.logZ());
    }
    return out;
  }

  /** The SMC populations of a campaign: of its pilot, or those that count as estimates. */
  List<SmcPartition.Population> populations(CampaignRecord campaign, boolean kept) {
    List<SmcPartition.Population> all = new ArrayList<>();
    for (CampaignRecord.Replicate replicate : campaign.replicates()) {
      if (replicate.kept() == kept) {
        each(
            Histories.smc(campaign.campaign(), replicate.index()),
            SmcEvent.class,
            (sequence, event) -> {
              if (event instanceof SmcEvent.SmcCompleted done) {
                all.add(
                    new SmcPartition.Population(
                        done.beta(), done.energies(), done.logWeights(), done.logZ()));
              }
            });
      }
    }
    return all;
  }

  static List<CampaignRecord.Replicate> keptReplicates(CampaignRecord campaign) {
    return campaign.replicates().stream().filter(CampaignRecord.Replicate::kept).toList();
  }

  /** Distinct β's of the kept replicates, ascending. */
  static double[] smcBetas(CampaignRecord campaign) {
    return keptReplicates(campaign).stream()
        .mapToDouble(CampaignRecord.Replicate::beta)
        .sorted()
        .distinct()
        .toArray();
  }

  private <E> void each(String persistenceId, Class<E> type, BiConsumer<Long, E> use) {
    try {
      journal
          .current(persistenceId, 1, Long.MAX_VALUE, type)
          .runForeach((Pair<Long, E> p) -> use.accept(p.first(), p.second()), system)
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw cause instanceof UserException user
          ? user
          : UserException.failed(
              "The history " + persistenceId + " cannot be read (" + cause.getMessage() + ").", e);
    }
  }
}
