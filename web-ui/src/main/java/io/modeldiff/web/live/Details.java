package io.modeldiff.web.live;

import io.modeldiff.web.service.CampaignService.Detail;
import io.modeldiff.web.service.CampaignService.Summary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What campaign pages show, computed once for all who look. Reading a campaign's history competes
 * with sampling for the same cores, so it happens at most for a small share of the time, however
 * many people watch.
 */
final class Details {
  private static final int KEPT = 32;
  // At most one part in so many of the time goes into reading one campaign.
  private static final int SHARE = 100;
  private static final long SHORTEST_NANOS = 2_000_000_000L;

  // Oldest use first.
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Kept {
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable Detail detail;
    private long readAt;
    private long cost;

    boolean stillGood(Summary now) {
      Detail known = detail;
      if (known == null) {
        return false;
      }
      Summary then = known.summary();
      if (then.phase() != now.phase() || !Objects.equals(then.budget(), now.budget())) {
        return false;
      }
      long wait = Math.max(SHORTEST_NANOS, SHARE * cost);
      return then.round() == now.round() || System.nanoTime() - readAt < wait;
    }
  }

  /** The detail of a campaign, with a fresh summary. */
  Detail of(Summary now, Supplier<Detail> read) {
    Kept entry = entry(now.id());
    entry.reading.lock();
    try {
      if (!entry.stillGood(now)) {
        long start = System.nanoTime();
        entry.detail = read.get();
        entry.readAt = System.nanoTime();
        entry.cost = entry.readAt - start;
      }
      Detail detail = entry.detail;
      return detail == null ? read.get() : with(detail, now);
    } finally {
      entry.reading.unlock();
    }
  }

  private synchronized Kept entry(String id) {
    Kept entry = kept.computeIfAbsent(id, i -> new Kept());
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return entry;
  }

  private static Detail with(Detail d, Summary summary) {
    return new Detail(
        summary,
        d.spec(),
        d.ladder(),
        d.rungs(),
        d.lambda(),
        d.roundTrips(),
        d.convergence(),
        d.rhoZ(),
        d.errorTrend(),
        d.traces(),
        d.paths(),
        d.workers(),
        d.history());
  }
}
