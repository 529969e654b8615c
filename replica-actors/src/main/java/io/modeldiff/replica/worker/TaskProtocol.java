package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;

/** Work of other modules on a worker's models. */
public final class TaskProtocol {
  private TaskProtocol() {}

  /** To a worker. */
  public sealed interface Command extends CborSerializable permits Run, Stop, Finished {}

  /**
   * Do this.
   *
   * @param job names the work; asked again while it runs, it is not begun a second time
   * @param task name of the {@link WorkerTask}
   * @param request what the task understands
   */
  public record Run(
      String job, String task, ModelRef model, String request, ActorRef<Reply> replyTo)
      implements Command {}

  /** The shard moves or the node stops. */
  public record Stop() implements Command {}

  /** A job has ended. Never leaves the process. */
  record Finished(String job, Reply reply) implements Command {}

  /** From a worker. */
  public sealed interface Reply extends CborSerializable permits Ran, RunFailed {}

  /** Done, with the task's answer. */
  public record Ran(String job, String answer) implements Reply {}

  /**
   * It could not be done.
   *
   * @param again whether asking again may help
   */
  public record RunFailed(String job, String sentence, boolean again) implements Reply {}
}
