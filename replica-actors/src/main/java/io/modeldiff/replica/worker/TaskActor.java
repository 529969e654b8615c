package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.error.UserException;
import io.modeldiff.replica.worker.TaskProtocol.Command;
import io.modeldiff.replica.worker.TaskProtocol.Finished;
import io.modeldiff.replica.worker.TaskProtocol.Ran;
import io.modeldiff.replica.worker.TaskProtocol.Reply;
import io.modeldiff.replica.worker.TaskProtocol.Run;
import io.modeldiff.replica.worker.TaskProtocol.RunFailed;
import io.modeldiff.replica.worker.TaskProtocol.Stop;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Runs {@link WorkerTask}s on this worker's models. Keeps nothing. */
public final class TaskActor extends AbstractBehavior<Command> {
  /** Sharding key; entities live on the role gpu-worker. */
  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "task");

  private final ModelHost host;
  private final Map<String, WorkerTask> tasks;
  private final Map<String, ActorRef<Reply>> running = new HashMap<>();

  /** A worker's place for tasks. */
  public static Behavior<Command> create(ModelHost host, Map<String, WorkerTask> tasks) {
    return Behaviors.setup(context -> new TaskActor(context, host, tasks));
  }

  private TaskActor(ActorContext<Command> context, ModelHost host, Map<String, WorkerTask> tasks) {
    super(context);
    this.host = host;
    this.tasks = tasks;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Run.class, this::run)
        .onMessage(Finished.class, this::finished)
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .build();
  }

  private Behavior<Command> run(Run job) {
    // Who asked last is who still waits.
    if (running.put(job.job(), job.replyTo()) == null) {
      getContext()
          .pipeToSelf(
              answer(job),
              (answer, error) ->
                  new Finished(
                      job.job(),
                      error == null
                          ? new Ran(job.job(), String.valueOf(answer))
                          : failed(job, WorkFailure.unwrapped(error))));
    }
    return this;
  }

  private CompletionStage<String> answer(Run job) {
    WorkerTask task = tasks.get(job.task());
    if (task == null) {
      return CompletableFuture.failedFuture(
          UserException.failed(
              "This worker knows no task "
                  + job.task()
                  + "; run the same version of Model-diff on every node."));
    }
    return task.run(job.request(), calls(job.model()));
  }

  private WorkerTask.Calls calls(ModelRef model) {
    return new WorkerTask.Calls() {
      @Override
      public <T> CompletionStage<T> submit(ModelHost.Work<T> work) {
        return host.submit(model, work);
      }
    };
  }

  private Behavior<Command> finished(Finished finished) {
    ActorRef<Reply> waiting = running.remove(finished.job());
    if (waiting != null) {
      waiting.tell(finished.reply());
    }
    return this;
  }

  private Reply failed(Run job, Throwable error) {
    if (error instanceof UserException) {
      return new RunFailed(job.job(), String.valueOf(error.getMessage()), false);
    }
    if (error instanceof ModelCallHung) {
      return new RunFailed(job.job(), error.getMessage() + ".", true);
    }
    getContext().getLog().error("Task {} failed", job.job(), error);
    return new RunFailed(
        job.job(),
        "Work on model "
            + job.model().name()
            + " failed ("
            + error
            + "); see the worker's log, then start it again.",
        false);
  }
}
