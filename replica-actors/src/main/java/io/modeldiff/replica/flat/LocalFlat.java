package io.modeldiff.replica.flat;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.round.ReplicaRound;
import io.modeldiff.replica.round.RoundResult;
import io.modeldiff.replica.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/** A Wang-Landau run in memory: one replica on a one-rung ladder whose bias is learnt. */
public final class LocalFlat {
  private LocalFlat() {}

  /** Learns the flat weights, freezes them and samples. */
  public static FlatRun run(LanguageModel model, InputSpace space, FlatPlan plan) {
    int scored = space.scored();
    Schedule bare = Schedule.of(Ladder.of(plan.beta()));
    FlatHistogram flat = plan.first();
    int[] rungs = new int[plan.lanes()];
    List<RoundResult> counted = new ArrayList<>();
    try (ReplicaRound replica =
        new ReplicaRound(model, space, plan.rounds(), plan.replicate(), plan.lanes())) {
      RoundResult last = replica.start(bare, rungs);
      double positions = last.positions();
      double budget = plan.evaluations() * scored;
      for (long round = 1; positions < budget; round++) {
        last = replica.run(bare.withBias(flat.bias()), round, rungs, last.tokens());
        positions += last.positions();
        if (positions < plan.learning() * budget) {
          flat = flat.visited(last.energies(), scored);
        } else {
          counted.add(last);
        }
      }
      if (counted.isEmpty()) {
        throw UserException.badInput(
            "A budget of "
                + (long) plan.evaluations()
                + " evaluations does not pay for a single counted round of a Wang-Landau run with "
                + plan.lanes()
                + " walkers; raise --evaluations or lower --lanes.");
      }
      return collect(space, plan, flat, counted, positions / scored);
    }
  }

  private static FlatRun collect(
      InputSpace space,
      FlatPlan plan,
      FlatHistogram flat,
      List<RoundResult> counted,
      double evaluations) {
    int[][][] tokens = new int[plan.lanes()][counted.size()][];
    double[][] energies = new double[plan.lanes()][counted.size()];
    for (int t = 0; t < counted.size(); t++) {
      for (int c = 0; c < plan.lanes(); c++) {
        tokens[c][t] = counted.get(t).tokens()[c];
        energies[c][t] = counted.get(t).energies()[c];
      }
    }
    double constant =
        FlatRun.constant(plan.beta(), flat, energies, space.scored(), space.logPartitionAtOne());
    return new FlatRun(
        plan.beta(),
        flat,
        tokens,
        energies,
        constant,
        space.logPartitionAtOne(),
        evaluations,
        space.scored());
  }
}
