package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.SmcEvent.SmcCompleted;
import io.modeldiff.core.error.UserException;
import io.modeldiff.replica.worker.ScoreProtocol.Score;
import java.util.ArrayList;
import java.util.List;

/** The samples of a stretch of history that are to be scored, in order. Not thread-safe. */
final class Selection {
  private final Score job;
  private final List<int[]> tokens = new ArrayList<>();
  private final List<Long> sequences = new ArrayList<>();
  private final List<Integer> lanes = new ArrayList<>();
  private long first;
  private long last;
  private long events;

  Selection(Score job) {
    this.job = job;
  }

  /** Takes one event; those outside the rounds asked for are passed over. */
  Selection take(long sequence, Object event) {
    if (event instanceof ReplicaAdvanced e
        && e.round() >= job.fromRound()
        && e.round() < job.toRound()) {
      take(sequence, e.tokens(), e.energies());
    } else if (event instanceof SmcCompleted e) {
      take(sequence, e.tokens(), e.energies());
    }
    return this;
  }

  private void take(long sequence, int[][] states, double[] energies) {
    first = first == 0 ? sequence : first;
    last = sequence;
    events++;
    for (int c = 0; c < states.length; c++) {
      if (energies[c] >= job.lowEnergy() && energies[c] <= job.highEnergy()) {
        tokens.add(states[c]);
        sequences.add(sequence);
        lanes.add(c);
      }
    }
  }

  /** Refuses to go on when rounds are missing that are known to be stored. */
  Selection requireComplete() {
    if (events < job.toRound() - job.fromRound()) {
      throw UserException.failed(
          "The journal gives only "
              + events
              + " of the "
              + (job.toRound() - job.fromRound())
              + " rounds from "
              + job.fromRound()
              + " on of "
              + job.history()
              + "; check the store, then start the comparison again.");
    }
    return this;
  }

  int[][] tokens() {
    return tokens.toArray(int[][]::new);
  }

  ScoreProtocol.Scored scored(double[] energies) {
    return new ScoreProtocol.Scored(
        job.job(),
        first,
        last,
        sequences.stream().mapToLong(Long::longValue).toArray(),
        lanes.stream().mapToInt(Integer::intValue).toArray(),
        energies,
        (long) energies.length * job.space().length());
  }
}
