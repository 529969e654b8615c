package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.SmcEvent.SmcCompleted;
import io.modeldiff.core.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What an SMC replicate is told and what it answers. */
public final class SmcProtocol {
  private SmcProtocol() {}

  /** To a replicate. */
  public sealed interface Command extends CborSerializable
      permits RunReplicate, Retire, Stop, Computed, ComputeFailed {}

  /**
   * Which replicate of a campaign.
   *
   * @param index names its history
   * @param stream which use of SMC within the campaign, so that uses do not share randomness
   * @param replicate its number within the population at this β
   * @param beta target inverse temperature
   * @param particles M
   * @param flat how to flatten z instead of growing particles (method wang-landau), else null
   */
  public record Assignment(
      int index, int stream, int replicate, double beta, int particles, @Nullable Flat flat)
      implements CborSerializable {
    /** A position-SMC replicate. */
    public static Assignment smc(int index, int stream, int replicate, double beta, int particles) {
      return new Assignment(index, stream, replicate, beta, particles, null);
    }
  }

  /**
   * One Wang-Landau run.
   *
   * @param edges ascending inner edges of the bins, nats per token
   * @param lanes walkers
   * @param positions budget, token positions
   */
  public record Flat(double[] edges, int lanes, long positions) implements CborSerializable {}

  /** Run the replicate to its end, or answer from memory. */
  public record RunReplicate(
      String campaign, CampaignSpec spec, Assignment assignment, ActorRef<Reply> replyTo)
      implements Command {}

  /** Leave memory. */
  public record Retire() implements Command {}

  /** The shard moves or the node stops. */
  public record Stop() implements Command {}

  /** The model's thread has finished. Never leaves the process. */
  record Computed(SmcCompleted event) implements Command {}

  /** The model's thread has failed. Never leaves the process. */
  record ComputeFailed(Throwable error) implements Command {}

  /** From a replicate. */
  public sealed interface Reply extends CborSerializable permits ReplicateDone, ReplicateFailed {}

  /**
   * The replicate is stored. Its tokens stay in its history.
   *
   * @param energies [particle] nats per sequence
   * @param logWeights [particle] log of the normalised weights
   */
  public record ReplicateDone(
      int index,
      int replicate,
      double beta,
      double[] energies,
      double[] logWeights,
      double logZ,
      int resamplings,
      long positions,
      String worker)
      implements Reply {}

  /** It cannot be run; the sentence says what to do. */
  public record ReplicateFailed(int index, String sentence) implements Reply {}
}
