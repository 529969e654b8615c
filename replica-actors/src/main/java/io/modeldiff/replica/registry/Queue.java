package io.modeldiff.replica.registry;

import io.modeldiff.replica.campaign.CampaignProtocol;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Which campaigns run and which wait: places are given in the order of the campaigns' starts, and
 * lost when their holder is not heard of for a while. Not thread-safe.
 */
final class Queue {
  private record Asker(
      String campaign, long since, ActorRef<CampaignProtocol.Command> ref, long heard) {}

  private static final Comparator<Asker> FIRST_STARTED =
      Comparator.comparingLong(Asker::since).thenComparing(Asker::campaign);

  private final long patienceNanos;
  private final Map<String, Asker> holders = new HashMap<>();
  private final Map<String, Asker> waiting = new HashMap<>();

  Queue(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  void ask(
      String campaign,
      long since,
      boolean holding,
      ActorRef<CampaignProtocol.Command> ref,
      long now) {
    Asker asker = new Asker(campaign, since, ref, now);
    if (holding || holders.containsKey(campaign)) {
      waiting.remove(campaign);
      holders.put(campaign, asker);
      if (!holding) {
        ref.tell(new CampaignProtocol.Admitted());
      }
    } else {
      waiting.put(campaign, asker);
    }
  }

  void release(String campaign) {
    holders.remove(campaign);
    waiting.remove(campaign);
  }

  /** Fills free places and tells the others where they stand. */
  void settle(int places, long now) {
    holders.values().removeIf(a -> now - a.heard() > patienceNanos);
    waiting.values().removeIf(a -> now - a.heard() > patienceNanos);
    int position = 0;
    for (Asker asker : waiting.values().stream().sorted(FIRST_STARTED).toList()) {
      if (holders.size() < places) {
        waiting.remove(asker.campaign());
        holders.put(asker.campaign(), asker);
        asker.ref().tell(new CampaignProtocol.Admitted());
      } else {
        asker.ref().tell(new CampaignProtocol.Queued(++position));
      }
    }
  }

  List<String> holders() {
    return holders.keySet().stream().sorted().toList();
  }
}
