package io.modeldiff.replica.local;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.kernel.KernelName;
import io.modeldiff.replica.ladder.Adaptation;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.round.MoveCount;
import io.modeldiff.replica.round.ReplicaRound;
import io.modeldiff.replica.round.RoundResult;
import io.modeldiff.replica.schedule.Schedule;
import io.modeldiff.replica.schedule.StepTuning;
import io.modeldiff.replica.swap.RungAssignment;
import io.modeldiff.replica.swap.SwapPhase;
import io.modeldiff.replica.swap.Traffic;
import java.util.ArrayList;
import java.util.List;

/**
 * Replica exchange in memory, without actors or a journal: start, adapt, freeze, count. The same
 * rounds and decisions as a campaign's, for laboratories and tests.
 */
public final class LocalTempering implements AutoCloseable {
  private final LanguageModel model;
  private final InputSpace space;
  private final TemperingPlan plan;
  private final List<ReplicaRound> replicas = new ArrayList<>();
  private final List<int[][]> tokens = new ArrayList<>();
  private final List<MoveCount> roundCounts = new ArrayList<>();
  private Schedule schedule;
  private int[][] rungs;
  private double[][] energies = new double[0][];
  private long round;
  private long positions;

  private LocalTempering(LanguageModel model, InputSpace space, TemperingPlan plan) {
    this.model = model;
    this.space = space;
    this.plan = plan;
    this.schedule = plan.schedule();
    this.rungs = SwapPhase.initialRungs(schedule.ladder().size(), plan.lanes());
    startReplicas();
  }

  /** Runs a plan on a model until its budget is used up. */
  public static TemperingRun run(LanguageModel model, InputSpace space, TemperingPlan plan) {
    try (LocalTempering tempering = new LocalTempering(model, space, plan)) {
      tempering.adapt();
      return tempering.count();
    }
  }

  private void startReplicas() {
    while (replicas.size() > rungs.length) {
      replicas.remove(replicas.size() - 1).close();
      tokens.remove(tokens.size() - 1);
    }
    for (int r = replicas.size(); r < rungs.length; r++) {
      ReplicaRound replica = new ReplicaRound(model, space, plan.rounds(), r, plan.lanes());
      RoundResult first = replica.start(schedule, rungs[r]);
      replicas.add(replica);
      tokens.add(first.tokens());
      positions += first.positions();
    }
  }

  private SwapPhase.Decision runRound() {
    round++;
    roundCounts.clear();
    energies = new double[replicas.size()][];
    for (int r = 0; r < replicas.size(); r++) {
      RoundResult result = replicas.get(r).run(schedule, round, rungs[r], tokens.get(r));
      tokens.set(r, result.tokens());
      energies[r] = result.energies();
      roundCounts.addAll(result.counts());
      positions += result.positions();
    }
    return SwapPhase.decide(schedule, space.scored(), plan.rounds().seed(), round, rungs, energies);
  }

  private void adapt() {
    Adaptation adaptation = Adaptation.start(schedule.ladder());
    for (int phase = 0; phase < plan.adaptation().phases(); phase++) {
      List<MoveCount> counts = new ArrayList<>();
      while (!adaptation.phaseDone(plan.adaptation())) {
        SwapPhase.Decision swaps = runRound();
        adaptation = adaptation.with(swaps.rejection(), swaps.attempts(), rungs, energies);
        counts.addAll(roundCounts);
        rungs = swaps.rungs();
      }
      Ladder next = adaptation.improved(plan.adaptation());
      schedule = StepTuning.tuned(schedule, next, langevin(counts), phase);
      rungs = RungAssignment.resized(rungs, next);
      startReplicas();
      adaptation = adaptation.next(plan.adaptation());
    }
  }

  /** [rung][proposed, accepted] of kernel dmala. */
  private long[][] langevin(List<MoveCount> counts) {
    long[][] sums = new long[schedule.ladder().size()][2];
    for (MoveCount c : counts) {
      if (c.kernel() == KernelName.DMALA) {
        sums[c.rung()][0] += c.proposed();
        sums[c.rung()][1] += c.accepted();
      }
    }
    return sums;
  }

  private TemperingRun count() {
    double left = plan.evaluations() - evaluations();
    double burnInEnds = evaluations() + plan.burnIn() * left;
    while (evaluations() < burnInEnds) {
      rungs = runRound().rungs();
    }
    double before = evaluations();
    Recorder recorder = new Recorder(schedule.ladder().size(), plan.lanes());
    Traffic traffic = Traffic.none(rungs.length, plan.lanes()).arrived(schedule.ladder(), rungs);
    while (evaluations() < plan.evaluations()) {
      SwapPhase.Decision swaps = runRound();
      recorder.add(rungs, tokens, energies, swaps, roundCounts);
      rungs = swaps.rungs();
      traffic = traffic.arrived(schedule.ladder(), rungs);
    }
    if (recorder.rounds() == 0) {
      throw UserException.badInput(
          "A budget of "
              + (long) plan.evaluations()
              + " evaluations does not pay for a single counted round of "
              + rungs.length
              + " rungs with "
              + plan.lanes()
              + " lanes; raise --evaluations or lower --lanes.");
    }
    return recorder.run(schedule, traffic, evaluations(), evaluations() - before);
  }

  private double evaluations() {
    return positions / (double) space.scored();
  }

  @Override
  public void close() {
    replicas.forEach(ReplicaRound::close);
  }
}
