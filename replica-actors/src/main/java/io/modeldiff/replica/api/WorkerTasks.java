package io.modeldiff.replica.api;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.replica.worker.TaskActor;
import io.modeldiff.replica.worker.TaskProtocol.Ran;
import io.modeldiff.replica.worker.TaskProtocol.Reply;
import io.modeldiff.replica.worker.TaskProtocol.Run;
import io.modeldiff.replica.worker.TaskProtocol.RunFailed;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/** Gives work of other modules to the workers. */
public final class WorkerTasks {
  /** A job is asked for again this often, so that one whose worker died is begun elsewhere. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  private static final int TRIES = 3;

  private final ClusterSharding sharding;
  private final IntSupplier workers;

  /** Used by the platform's start; take it from {@code ReplicaSystem}. */
  public WorkerTasks(ClusterSharding sharding, IntSupplier workers) {
    this.sharding = sharding;
    this.workers = workers;
  }

  /** How many jobs are worth asking for at a time, at least 1. */
  public int slots() {
    return Math.max(1, workers.getAsInt());
  }

  /**
   * Has a job done and waits for it, however often its worker dies.
   *
   * @param slot which of the {@link #slots} asks; jobs of different slots run on different workers
   *     where sharding puts them there
   * @param job names the work
   * @param task the task's name
   * @return the task's answer
   * @throws UserException when it cannot be done
   * @throws CancellationException when the monitor wishes to stop
   */
  public String run(
      int slot, String job, String task, ModelRef model, String request, WorkMonitor monitor) {
    int failures = 0;
    while (true) {
      if (monitor.stopRequested()) {
        throw new CancellationException("Stopped on request.");
      }
      Reply reply = ask(slot, job, task, model, request);
      if (reply instanceof Ran done) {
        return done.answer();
      }
      if (reply instanceof RunFailed failed && (!failed.again() || ++failures == TRIES)) {
        throw UserException.failed(failed.sentence());
      }
    }
  }

  /** One try; an answer that takes longer is no failure, it is asked for again. */
  private @Nullable Reply ask(int slot, String job, String task, ModelRef model, String request) {
    try {
      return sharding
          .entityRefFor(TaskActor.KEY, "slot-" + slot)
          .<Reply>ask(replyTo -> new Run(job, task, model, request, replyTo), ASK_AGAIN)
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        return null;
      }
      throw e;
    }
  }
}
