package io.modeldiff.replica.campaign;

import io.modeldiff.replica.worker.ReplicaProtocol.RoundDone;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures how fast a campaign goes, over a sliding window. Not thread-safe. */
final class Pace {
  private static final long WINDOW_NANOS = 20_000_000_000L;

  private record Mark(
      long closed, long positions, long wall, long model, long swap, long persist) {}

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private List<String> workers = List.of();
  private long roundStarted = System.nanoTime();

  void roundStarts() {
    roundStarted = System.nanoTime();
  }

  /** How long the round that runs has been running. */
  Duration sinceRoundStarted() {
    return Duration.ofNanos(System.nanoTime() - roundStarted);
  }

  /** A round is decided. */
  void roundEnds(Collection<RoundDone> replies, long positions, long swapNanos) {
    long now = System.nanoTime();
    Map<String, Long> model = new HashMap<>();
    long persist = 0;
    for (RoundDone d : replies) {
      model.merge(d.worker(), d.timing().model(), Long::sum);
      persist += d.timing().persist();
    }
    workers = model.keySet().stream().sorted().toList();
    long busiest = model.values().stream().mapToLong(Long::longValue).max().orElse(0);
    marks.addLast(
        new Mark(
            now,
            positions,
            now - roundStarted,
            busiest,
            swapNanos,
            persist / Math.max(1, replies.size())));
    while (marks.size() > 2 && now - marks.getFirst().closed() > WINDOW_NANOS) {
      marks.removeFirst();
    }
  }

  /** A population of SMC replicates is decided. */
  void replicatesEnd(long positions) {
    roundEnds(List.of(), positions, 0);
  }

  void standsStill() {
    marks.clear();
  }

  CampaignView.Speed speed(int length, double positionsLeft) {
    if (marks.isEmpty()) {
      return new CampaignView.Speed(0, 0, Double.NaN, 0, 0, 0, workers);
    }
    long wall = marks.stream().mapToLong(Mark::wall).sum();
    double seconds = Math.max(1e-9, wall / 1e9);
    double perSecond = marks.stream().mapToLong(Mark::positions).sum() / seconds;
    return new CampaignView.Speed(
        perSecond / length,
        marks.size() / seconds,
        perSecond > 0 ? positionsLeft / perSecond : Double.NaN,
        marks.stream().mapToLong(Mark::model).sum() / (double) Math.max(1, wall),
        marks.stream().mapToLong(Mark::swap).average().orElse(0),
        marks.stream().mapToLong(Mark::persist).average().orElse(0),
        workers);
  }
}
