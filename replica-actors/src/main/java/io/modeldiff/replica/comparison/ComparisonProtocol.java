package io.modeldiff.replica.comparison;

import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.serialization.CborSerializable;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.worker.ScoreProtocol;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/** What a comparison's coordinator is told. */
public final class ComparisonProtocol {
  private ComparisonProtocol() {}

  /** To a comparison. */
  public sealed interface Command extends CborSerializable
      permits Start, Get, Wake, Stop, FromScorer, FromCampaign, NoView, Tick {}

  /** Begin, or go on when it exists already. */
  public record Start(
      ComparisonSpec spec, Cause cause, ActorRef<StatusReply<ComparisonView>> replyTo)
      implements Command {}

  /** How is it going? */
  public record Get(ActorRef<StatusReply<ComparisonView>> replyTo) implements Command {}

  /** From the registry, or after a campaign was extended: see whether there is more to score. */
  public record Wake() implements Command {}

  /** The shard moves or the node stops. */
  public record Stop() implements Command {}

  /** A scorer's answer. Never leaves the process. */
  record FromScorer(ScoreProtocol.Reply reply) implements Command {}

  /** A campaign's answer. Never leaves the process. */
  record FromCampaign(int side, CampaignView view) implements Command {}

  /** A campaign did not answer; it will be asked again. Never leaves the process. */
  record NoView(String why) implements Command {}

  /** Time to look for more. */
  record Tick() implements Command {}
}
