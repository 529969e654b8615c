package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.campaign.SpaceSpec;
import io.modeldiff.core.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;

/** Scoring one sampler's history by another model. */
public final class ScoreProtocol {
  private ScoreProtocol() {}

  /** To a scorer. */
  public sealed interface Command extends CborSerializable permits Score, Stop, Finished {}

  /**
   * Score a stretch of a history.
   *
   * @param job names the job in the answer
   * @param history persistence id of a replica or an SMC replicate
   * @param fromSequence where to begin reading; no later than the first event wanted
   * @param fromRound first round wanted (replicas only)
   * @param toRound round after the last one wanted
   * @param scorer the model that scores
   * @param lowEnergy samples whose own energy (nats) is below are left out
   * @param highEnergy samples whose own energy is above are left out
   */
  public record Score(
      String job,
      String history,
      long fromSequence,
      long fromRound,
      long toRound,
      ModelRef scorer,
      SpaceSpec space,
      double lowEnergy,
      double highEnergy,
      ActorRef<Reply> replyTo)
      implements Command {}

  /** The shard moves or the node stops. */
  public record Stop() implements Command {}

  /** A job has ended. Never leaves the process. */
  record Finished(Score job, Reply reply) implements Command {}

  /** From a scorer. */
  public sealed interface Reply extends CborSerializable permits Scored, ScoreFailed {}

  /**
   * Done.
   *
   * @param firstSequence first sequence number covered, 0 when there was none
   * @param lastSequence last one covered
   * @param sequence [i] event of each scored sample
   * @param lane [i] its lane or particle
   * @param energies [i] E under the scorer, nats per sequence
   * @param positions token positions evaluated
   */
  public record Scored(
      String job,
      long firstSequence,
      long lastSequence,
      long[] sequence,
      int[] lane,
      double[] energies,
      long positions)
      implements Reply {}

  /** Asking again will not help until somebody acts. */
  public record ScoreFailed(String job, String sentence) implements Reply {}
}
