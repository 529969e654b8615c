package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.MoveCounts;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.SamplingMethod;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.replica.round.MoveCount;
import io.modeldiff.replica.round.ReplicaRound;
import io.modeldiff.replica.round.RoundResult;
import io.modeldiff.replica.round.RoundSpec;
import io.modeldiff.replica.round.StartState;
import io.modeldiff.replica.worker.ReplicaProtocol.RunRound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replica's chains on the device: opened by the first round and kept warm between rounds.
 * Confined to the model's thread; given up with the model when a call hangs.
 */
public final class ReplicaLanes implements AutoCloseable {
  private @Nullable ReplicaRound rounds;
  private @Nullable LanguageModel openedOn;

  /**
   * Runs one round and describes it as the event to be stored.
   *
   * @param tokens where the chains are, or null to start them
   */
  public ReplicaAdvanced run(LanguageModel model, RunRound command, int @Nullable [][] tokens) {
    ReplicaRound round = opened(model, command);
    var schedule = Schedules.toSampler(command.schedule());
    RoundResult result =
        tokens == null
            ? round.start(schedule, command.rung())
            : round.run(schedule, command.round(), command.rung(), tokens);
    return new ReplicaAdvanced(
        command.round(),
        command.ladder(),
        command.rung(),
        result.tokens(),
        result.energies(),
        moves(result.counts()),
        result.positions());
  }

  private ReplicaRound opened(LanguageModel model, RunRound command) {
    ReplicaRound known = rounds;
    if (known != null && openedOn == model) {
      return known;
    }
    CampaignSpec spec = command.spec();
    spec.requireFits(model.info());
    ReplicaRound fresh =
        new ReplicaRound(
            model, spec.space().toSpace(), roundSpec(spec), command.replica(), spec.lanes());
    rounds = fresh;
    openedOn = model;
    return fresh;
  }

  static RoundSpec roundSpec(CampaignSpec spec) {
    return new RoundSpec(
        spec.streamSeed(),
        spec.movesPerRound(),
        Schedules.toSampler(spec.kernels()),
        spec.refresh(),
        spec.method() == SamplingMethod.PAPER ? StartState.RANDOM : StartState.ANCESTRAL);
  }

  private static MoveCounts[] moves(List<MoveCount> counts) {
    Map<String, List<MoveCount>> byKernel = new LinkedHashMap<>();
    for (MoveCount c : counts) {
      byKernel.computeIfAbsent(c.kernel().word(), k -> new ArrayList<>()).add(c);
    }
    return byKernel.entrySet().stream()
        .map(
            e ->
                new MoveCounts(
                    e.getKey(),
                    e.getValue().stream().mapToInt(MoveCount::rung).toArray(),
                    e.getValue().stream().mapToInt(c -> (int) c.proposed()).toArray(),
                    e.getValue().stream().mapToInt(c -> (int) c.accepted()).toArray()))
        .toArray(MoveCounts[]::new);
  }

  /** Frees the device memory; the next round opens again. */
  @Override
  public void close() {
    if (rounds != null) {
      rounds.close();
      rounds = null;
    }
  }
}
