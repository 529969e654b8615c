package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.MoveCounts;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;

/** What a replica is told and what it answers. */
public final class ReplicaProtocol {
  private ReplicaProtocol() {}

  /** To a replica. */
  public sealed interface Command extends CborSerializable
      permits RunRound, Retire, Stop, Computed, ComputeFailed {}

  /**
   * Run one round, or answer from memory when it is done already.
   *
   * @param round the round after the last one, or one of the last two
   * @param fresh whether the chains start anew in this round instead of going on
   * @param ladder version of the ladder
   * @param rung [lane] where each lane runs
   */
  public record RunRound(
      String campaign,
      int replica,
      CampaignSpec spec,
      long round,
      boolean fresh,
      int ladder,
      Schedule schedule,
      int[] rung,
      ActorRef<Reply> replyTo)
      implements Command {}

  /** No more rounds for now: free the lanes and leave memory. */
  public record Retire() implements Command {}

  /** The shard moves or the node stops: finish nothing new. */
  public record Stop() implements Command {}

  /** The model's thread has finished a round. Never leaves the process. */
  record Computed(ReplicaAdvanced event, RoundTiming timing) implements Command {}

  /** The model's thread has failed. Never leaves the process. */
  record ComputeFailed(long round, Throwable error) implements Command {}

  /** From a replica. */
  public sealed interface Reply extends CborSerializable permits RoundDone, RoundFailed {}

  /**
   * The round is stored.
   *
   * @param energies [lane] E in nats per sequence
   * @param moves what the kernels did
   * @param positions token positions evaluated in it
   * @param worker address of the node that ran it
   * @param timing where the time went; zero when answered from memory
   */
  public record RoundDone(
      int replica,
      long round,
      double[] energies,
      MoveCounts[] moves,
      long positions,
      String worker,
      RoundTiming timing)
      implements Reply {}

  /**
   * The round cannot be run; asking again will not help until somebody acts.
   *
   * @param sentence what is wrong and what to do, as it goes into {@link
   *     CampaignEvent.CampaignFailed}
   */
  public record RoundFailed(int replica, long round, String sentence) implements Reply {}

  /**
   * Where the time of one replica's round went, in nanoseconds.
   *
   * @param queued waiting for the model's thread
   * @param model inside model calls and kernels
   * @param persist from computed to stored
   */
  public record RoundTiming(long queued, long model, long persist) implements CborSerializable {
    static final RoundTiming NONE = new RoundTiming(0, 0, 0);
  }
}
