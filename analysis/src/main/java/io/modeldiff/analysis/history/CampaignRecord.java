package io.modeldiff.analysis.history;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.StopReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign's own history says about its samples.
 *
 * @param campaign its id
 * @param spec what it computes
 * @param schedule the ladder in force, frozen or not; null before the first
 * @param ladder version of that ladder
 * @param frozen whether the ladder is final
 * @param samplingFrom first round that counts, −1 while none does
 * @param closedRounds number of closed rounds
 * @param throughRound last round that counts when the campaign is complete, else the last closed
 *     one
 * @param positions token positions evaluated so far; of a complete campaign those up to
 *     throughRound
 * @param replicates SMC replicates that are closed
 * @param swapsTried [pair] lanes that tried a swap in counted rounds
 * @param rejection [pair] their summed rejection
 * @param notes sentences of the pilot
 * @param stoppedBy why it ended, null while it has not
 * @param events how many events of its history this is made of: the number of the last one
 */
public record CampaignRecord(
    String campaign,
    CampaignSpec spec,
    @Nullable Schedule schedule,
    int ladder,
    boolean frozen,
    long samplingFrom,
    long closedRounds,
    long throughRound,
    long positions,
    List<Replicate> replicates,
    long[] swapsTried,
    double[] rejection,
    List<String> notes,
    @Nullable StopReason stoppedBy,
    long events) {

  /**
   * One closed SMC replicate.
   *
   * @param index names its history
   * @param replicate its number within the population that ran at this β
   * @param beta target inverse temperature
   * @param logZ log of its unbiased estimate of Z(β), nats
   * @param kept whether it counts as an estimate or was only a pilot
   */
  public record Replicate(int index, int replicate, double beta, double logZ, boolean kept) {}

  /** Whether any round counts by now. */
  public boolean hasCountedRounds() {
    return frozen && samplingFrom >= 0 && throughRound >= samplingFrom;
  }

  /** Whether the estimates come from SMC replicates rather than from rounds. */
  public boolean byReplicates() {
    return spec.method().byReplicates();
  }

  /** The same as if it had ended after a round; its evaluations stay those of the whole. */
  CampaignRecord through(long round) {
    return new CampaignRecord(
        campaign,
        spec,
        schedule,
        ladder,
        frozen,
        samplingFrom,
        closedRounds,
        Math.min(round, throughRound),
        positions,
        replicates,
        swapsTried,
        rejection,
        notes,
        stoppedBy,
        events);
  }

  /** Rounds that count by now. */
  public long countedRounds() {
    return hasCountedRounds() ? throughRound - samplingFrom + 1 : 0;
  }

  /** Folds a history, in order. */
  public static final class Fold {
    private final String campaign;
    private @Nullable CampaignSpec spec;
    private @Nullable Schedule schedule;
    private int ladder;
    private boolean frozen;
    private long samplingFrom = -1;
    private long closedRounds;
    private long completedThrough = -1;
    private long positions;
    private final Map<Long, Long> positionsAfter = new HashMap<>();
    private final List<Replicate> replicates = new ArrayList<>();
    private long[] swapsTried = {};
    private double[] rejection = {};
    private final List<String> notes = new ArrayList<>();
    private @Nullable StopReason stoppedBy;
    private long events;

    /** Nothing seen yet. */
    public Fold(String campaign) {
      this.campaign = campaign;
    }

    /** Adds the next event. */
    public Fold add(CampaignEvent event) {
      events++;
      if (event instanceof CampaignEvent.CampaignStarted started) {
        spec = started.spec();
      } else if (event instanceof CampaignEvent.PilotCompleted pilot) {
        schedule = pilot.schedule();
        notes.addAll(List.of(pilot.notes()));
      } else if (event instanceof CampaignEvent.LadderAdapted adapted) {
        onLadder(adapted.schedule(), adapted.ladder());
      } else if (event instanceof CampaignEvent.LadderFrozen frost) {
        onLadder(frost.schedule(), frost.ladder());
        frozen = true;
        samplingFrom = -1;
      } else if (event instanceof CampaignEvent.RoundClosed closed) {
        onRound(closed);
      } else if (event instanceof CampaignEvent.SmcReplicateClosed r) {
        replicates.add(new Replicate(r.index(), r.replicate(), r.beta(), r.logZ(), r.kept()));
        positions = r.totalPositions();
      } else if (event instanceof CampaignEvent.CampaignExtended extended && spec != null) {
        spec = spec.withBudget(extended.evaluations(), extended.targetError());
        stoppedBy = null;
        completedThrough = -1;
      } else if (event instanceof CampaignEvent.CampaignCompleted done) {
        stoppedBy = done.stoppedBy();
        completedThrough = done.throughRound();
      }
      return this;
    }

    private void onLadder(Schedule next, int version) {
      schedule = next;
      ladder = version;
      int pairs = Math.max(0, next.betas().length - 1);
      swapsTried = new long[pairs];
      rejection = new double[pairs];
    }

    private void onRound(CampaignEvent.RoundClosed closed) {
      closedRounds = closed.round() + 1;
      positions = closed.totalPositions();
      positionsAfter.put(closed.round(), positions);
      if (closed.phase() != RoundPhase.SAMPLING) {
        return;
      }
      if (samplingFrom < 0) {
        samplingFrom = closed.round();
      }
      for (int p = 0; p < rejection.length; p++) {
        swapsTried[p] += closed.swaps().attempted()[p];
        rejection[p] += closed.swaps().rejection()[p];
      }
    }

    /** The record, or null before the campaign started. */
    public @Nullable CampaignRecord record() {
      CampaignSpec known = spec;
      if (known == null) {
        return null;
      }
      long through = completedThrough >= 0 ? completedThrough : closedRounds - 1;
      return new CampaignRecord(
          campaign,
          known,
          schedule,
          ladder,
          frozen,
          samplingFrom,
          closedRounds,
          through,
          completedThrough >= 0 ? positionsAfter.getOrDefault(through, positions) : positions,
          List.copyOf(replicates),
          swapsTried.clone(),
          rejection.clone(),
          List.copyOf(notes),
          stoppedBy,
          events);
    }
  }
}
