package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.MoveCounts;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.serialization.CborSerializable;
import io.modeldiff.replica.kernel.KernelName;
import io.modeldiff.replica.ladder.Adaptation;
import io.modeldiff.replica.ladder.AdaptationPlan;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.schedule.StepTuning;
import io.modeldiff.replica.worker.Schedules;
import org.jspecify.annotations.Nullable;

/**
 * A phase of ladder adaptation as a function of the rounds closed in it.
 *
 * @param plan how long phases are
 * @param adaptation swaps and energies of the present phase
 * @param langevin [rung][proposed, accepted] of kernel dmala in it
 */
public record Tuning(AdaptationPlan plan, Adaptation adaptation, long[][] langevin)
    implements CborSerializable {

  /** The first phase on the pilot's ladder; null when the budget pays for no adaptation. */
  static @Nullable Tuning first(CampaignSpec spec, Schedule schedule) {
    long rounds = spec.positionsBudget() / positionsPerRound(spec, schedule.betas().length);
    double target = spec.space().scored() * spec.z().high();
    AdaptationPlan plan = AdaptationPlan.within(rounds, target);
    return plan.totalRounds() > rounds / 2
        ? null
        : new Tuning(
            plan,
            Adaptation.start(new Ladder(schedule.betas())),
            new long[schedule.betas().length][2]);
  }

  /** What a round costs, about: the canonical pass and S moves of half a sequence. */
  private static long positionsPerRound(CampaignSpec spec, int replicas) {
    long sequences = (long) replicas * spec.lanes();
    return sequences * (spec.space().length() + spec.movesPerRound() * spec.space().length() / 2);
  }

  boolean phaseDone() {
    return adaptation.phaseDone(plan);
  }

  boolean lastPhase() {
    return adaptation.done(plan);
  }

  /** The ladder that this phase recommends, with tuned steps. */
  Schedule improved(Schedule current) {
    return Schedules.toEvent(
        StepTuning.tuned(
            Schedules.toSampler(current), adaptation.improved(plan), langevin, adaptation.phase()));
  }

  /** The next phase, on the ladder that was stored. */
  Tuning next(Schedule stored) {
    Adaptation from = Adaptation.start(new Ladder(stored.betas()));
    return new Tuning(
        plan,
        new Adaptation(
            from.ladder(),
            adaptation.phase() + 1,
            0,
            from.rejection(),
            from.attempts(),
            from.energy(),
            0),
        new long[stored.betas().length][2]);
  }

  /** Takes up a closed round. */
  Tuning with(RoundClosed e, int lanes) {
    double[] rejection = adaptation.rejection().clone();
    long[] attempts = adaptation.attempts().clone();
    for (int p = 0; p < attempts.length; p++) {
      rejection[p] += e.swaps().rejection()[p];
      attempts[p] += e.swaps().attempted()[p];
    }
    double[] energy = adaptation.energy().clone();
    for (int k = 0; k < energy.length; k++) {
      energy[k] += e.energySum()[k];
    }
    Adaptation grown =
        new Adaptation(
            adaptation.ladder(),
            adaptation.phase(),
            adaptation.rounds() + 1,
            rejection,
            attempts,
            energy,
            adaptation.samples() + lanes);
    return new Tuning(plan, grown, langevinWith(e));
  }

  private long[][] langevinWith(RoundClosed e) {
    long[][] sums = new long[langevin.length][];
    for (int k = 0; k < sums.length; k++) {
      sums[k] = langevin[k].clone();
    }
    for (MoveCounts m : e.moves()) {
      if (m.kernel().equals(KernelName.DMALA.word())) {
        for (int i = 0; i < m.rung().length; i++) {
          sums[m.rung()[i]][0] += m.proposed()[i];
          sums[m.rung()[i]][1] += m.accepted()[i];
        }
      }
    }
    return sums;
  }
}
