package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.SmcEvent.SmcAdvanced;
import io.modeldiff.core.campaign.SmcEvent.SmcCompleted;
import io.modeldiff.core.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;

/** What an SMC replicate is told and what it answers. */
public final class SmcProtocol {
  private SmcProtocol() {}

  /** To a replicate. */
  public sealed interface Command extends CborSerializable
      permits RunReplicate, Retire, Stop, Grown, Completed, Failed {}

  /**
   * Run the replicate to its end, or answer from memory.
   *
   * @param beta target inverse temperature
   * @param particles M
   */
  public record RunReplicate(
      String campaign,
      int replicate,
      CampaignSpec spec,
      double beta,
      int particles,
      ActorRef<Reply> replyTo)
      implements Command {}

  /** Leave memory. */
  public record Retire() implements Command {}

  /** The shard moves or the node stops. */
  public record Stop() implements Command {}

  /** Part of the particles' growth. Never leaves the process. */
  record Grown(SmcAdvanced event) implements Command {}

  /** The last part. Never leaves the process. */
  record Completed(SmcCompleted event) implements Command {}

  /** The model's thread has failed. Never leaves the process. */
  record Failed(Throwable error) implements Command {}

  /** From a replicate. */
  public sealed interface Reply extends CborSerializable permits ReplicateDone, ReplicateFailed {}

  /**
   * The replicate is stored.
   *
   * @param energies [particle] nats per sequence
   * @param logWeights [particle] log counting weights
   */
  public record ReplicateDone(
      int replicate,
      double beta,
      double logZ,
      double[] energies,
      double[] logWeights,
      long positions,
      String worker)
      implements Reply {}

  /** It cannot be run; the sentence says what to do. */
  public record ReplicateFailed(int replicate, String sentence) implements Reply {}
}
