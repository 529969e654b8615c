package io.modeldiff.core.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCancelled;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.CampaignExtended;
import io.modeldiff.core.campaign.CampaignEvent.CampaignFailed;
import io.modeldiff.core.campaign.CampaignEvent.CampaignPaused;
import io.modeldiff.core.campaign.CampaignEvent.CampaignResumed;
import io.modeldiff.core.campaign.CampaignEvent.CampaignStarted;
import io.modeldiff.core.campaign.CampaignEvent.LadderAdapted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignEvent.PilotCompleted;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.SmcEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A fingerprint of everything that a campaign computed: all its events and those of its replicas
 * and SMC replicates, each with its place, to the last bit. Left out is what may differ between two
 * runs of the same spec: times, and who started, paused or extended it. Two runs are bit-identical
 * if and only if their fingerprints are equal. Where a stopping rule ended a campaign at a round,
 * rounds that ran on meanwhile are no part of it.
 */
public final class CampaignDigest {
  private final ActorSystem<?> system;
  private final JournalReader journal;
  private final ObjectMapper json = new ObjectMapper().findAndRegisterModules();

  /** Reads the system's journal. */
  public CampaignDigest(ActorSystem<?> system) {
    this.system = system;
    this.journal = new JournalReader(system);
  }

  /**
   * The fingerprint.
   *
   * @param sha256 lower-case hex
   * @param events how many events it covers
   */
  public record Fingerprint(String sha256, long events) {}

  /** Accumulates events; not thread-safe. */
  private final class Sum {
    private final MessageDigest sha = sha256();
    private long events;
    private int replicas;
    private int replicates;
    private final long through;

    Sum(long through) {
      this.through = through;
    }

    Sum campaign(long sequence, CampaignEvent event) {
      if (event instanceof RoundClosed e && e.round() > through
          || event instanceof CampaignCompleted done && done.throughRound() > through) {
        return this;
      }
      if (event instanceof PilotCompleted e) {
        replicas = Math.max(replicas, e.schedule().betas().length);
      } else if (event instanceof LadderAdapted e) {
        replicas = Math.max(replicas, e.schedule().betas().length);
      } else if (event instanceof LadderFrozen e) {
        replicas = Math.max(replicas, e.schedule().betas().length);
      } else if (event instanceof SmcReplicateClosed e) {
        replicates = Math.max(replicates, e.index() + 1);
      }
      return isLifeCycle(event) ? this : add("campaign", event);
    }

    Sum replica(String history, ReplicaEvent event) {
      return event instanceof ReplicaAdvanced e && e.round() > through ? this : add(history, event);
    }

    /** Adds an event; its order counts, its sequence number does not. */
    Sum add(String history, Object event) {
      ObjectNode tree = json.valueToTree(event);
      tree.remove("at");
      try {
        sha.update(
            (history + " " + json.writeValueAsString(tree) + "\n")
                .getBytes(StandardCharsets.UTF_8));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an event cannot be written as JSON", e);
      }
      events++;
      return this;
    }
  }

  private static boolean isLifeCycle(CampaignEvent event) {
    return event instanceof CampaignStarted
        || event instanceof CampaignPaused
        || event instanceof CampaignResumed
        || event instanceof CampaignExtended
        || event instanceof CampaignCancelled
        || event instanceof CampaignFailed;
  }

  /** The fingerprint of what is stored of a campaign now. */
  public CompletionStage<Fingerprint> of(String campaign) {
    return through(campaign).thenCompose(last -> of(campaign, last));
  }

  /** The round at which a stopping rule ended the campaign, or none. */
  private CompletionStage<Long> through(String campaign) {
    return journal
        .current(Histories.campaign(campaign), 1, Long.MAX_VALUE, CampaignEvent.class)
        .runFold(Long.MAX_VALUE, (last, e) -> stoppedAt(last, e.second()), system);
  }

  private static Long stoppedAt(Long last, CampaignEvent event) {
    if (event instanceof CampaignExtended) {
      return Long.MAX_VALUE;
    }
    return event instanceof CampaignCompleted done && done.throughRound() >= 0
        ? Long.valueOf(done.throughRound())
        : last;
  }

  private CompletionStage<Fingerprint> of(String campaign, long through) {
    return journal
        .current(Histories.campaign(campaign), 1, Long.MAX_VALUE, CampaignEvent.class)
        .runFold(new Sum(through), (sum, e) -> sum.campaign(e.first(), e.second()), system)
        .thenCompose(sum -> samplers(campaign, sum))
        .thenApply(sum -> new Fingerprint(HexFormat.of().formatHex(sum.sha.digest()), sum.events));
  }

  private CompletionStage<Sum> samplers(String campaign, Sum sum) {
    CompletionStage<Sum> all = CompletableFuture.completedStage(sum);
    for (int k = 0; k < sum.replicas; k++) {
      String history = Histories.replica(campaign, k);
      all = all.thenCompose(s -> replica(history, s));
    }
    for (int i = 0; i < sum.replicates; i++) {
      String history = Histories.smc(campaign, i);
      all = all.thenCompose(s -> replicate(history, s));
    }
    return all;
  }

  private CompletionStage<Sum> replica(String history, Sum sum) {
    return journal
        .current(history, 1, Long.MAX_VALUE, ReplicaEvent.class)
        .runFold(sum, (s, e) -> s.replica(history + " " + e.first(), e.second()), system);
  }

  private CompletionStage<Sum> replicate(String history, Sum sum) {
    return journal
        .current(history, 1, Long.MAX_VALUE, SmcEvent.class)
        .runFold(sum, (s, e) -> s.add(history + " " + e.first(), e.second()), system);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
