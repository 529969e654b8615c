package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.serialization.CborSerializable;
import io.modeldiff.replica.worker.ReplicaProtocol;
import io.modeldiff.replica.worker.SmcProtocol;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/** What a campaign's coordinator is told. */
public final class CampaignProtocol {
  private CampaignProtocol() {}

  /** To a campaign. */
  public sealed interface Command extends CborSerializable
      permits Request, Get, Wake, Admitted, Queued, Stop, FromReplica, FromSmc, Tick {}

  /** A change that somebody asks for; asking again with the same request id changes nothing. */
  public sealed interface Request extends Command {
    Cause cause();

    ActorRef<StatusReply<CampaignView>> replyTo();
  }

  /** Begin, or go on when it exists already. */
  public record Start(
      CampaignSpec spec,
      @Nullable String clonedFrom,
      Cause cause,
      ActorRef<StatusReply<CampaignView>> replyTo)
      implements Request {}

  /** Start no new round; the running one is finished. */
  public record Pause(Cause cause, ActorRef<StatusReply<CampaignView>> replyTo)
      implements Request {}

  /** Go on after a pause or a failure. */
  public record Resume(Cause cause, ActorRef<StatusReply<CampaignView>> replyTo)
      implements Request {}

  /** Give up; what was sampled stays readable. */
  public record Cancel(Cause cause, ActorRef<StatusReply<CampaignView>> replyTo)
      implements Request {}

  /**
   * Allow more.
   *
   * @param evaluations the new total budget, not less than the present one
   * @param targetError the new target, or null for none
   */
  public record Extend(
      long evaluations,
      @Nullable Double targetError,
      Cause cause,
      ActorRef<StatusReply<CampaignView>> replyTo)
      implements Request {}

  /**
   * Enough: the analysis found that a criterion is met.
   *
   * @param throughRound last round that counts
   */
  public record Finish(
      StopReason reason,
      long throughRound,
      Cause cause,
      ActorRef<StatusReply<CampaignView>> replyTo)
      implements Request {}

  /** How is it going? */
  public record Get(ActorRef<StatusReply<CampaignView>> replyTo) implements Command {}

  /** From the registry after a start of the platform: go on if there is something to do. */
  public record Wake() implements Command {}

  /** From the registry: there is room for this campaign. */
  public record Admitted() implements Command {}

  /**
   * From the registry: the workers are full.
   *
   * @param position place in the queue, from 1
   */
  public record Queued(int position) implements Command {}

  /** The shard moves or the node stops. */
  public record Stop() implements Command {}

  /** A replica's answer. Never leaves the process. */
  record FromReplica(ReplicaProtocol.Reply reply) implements Command {}

  /** An SMC replicate's answer. Never leaves the process. */
  record FromSmc(SmcProtocol.Reply reply) implements Command {}

  /** Time to ask again for what has not been answered. */
  record Tick() implements Command {}
}
