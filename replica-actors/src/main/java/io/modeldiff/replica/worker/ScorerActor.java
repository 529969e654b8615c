package io.modeldiff.replica.worker;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.ops.Metrics;
import io.modeldiff.replica.worker.ScoreProtocol.Command;
import io.modeldiff.replica.worker.ScoreProtocol.Finished;
import io.modeldiff.replica.worker.ScoreProtocol.Reply;
import io.modeldiff.replica.worker.ScoreProtocol.Score;
import io.modeldiff.replica.worker.ScoreProtocol.ScoreFailed;
import io.modeldiff.replica.worker.ScoreProtocol.Stop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * Scores stretches of other samplers' histories on a worker: reads them from the journal, so that
 * tokens do not travel through the coordinator. Keeps nothing; whoever asked stores the answer.
 */
public final class ScorerActor extends AbstractBehavior<Command> {
  /** Sharding key; entities live on the role gpu-worker. */
  public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "scorer");

  private final ModelHost host;
  private final JournalReader journal;
  private final Set<String> running = new HashSet<>();

  /** A scorer. */
  public static Behavior<Command> create(ModelHost host, JournalReader journal) {
    return Behaviors.setup(context -> new ScorerActor(context, host, journal));
  }

  private ScorerActor(ActorContext<Command> context, ModelHost host, JournalReader journal) {
    super(context);
    this.host = host;
    this.journal = journal;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Score.class, this::score)
        .onMessage(Finished.class, this::finished)
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .build();
  }

  private Behavior<Command> score(Score job) {
    if (running.add(job.job())) {
      getContext()
          .pipeToSelf(
              run(job),
              (reply, error) -> new Finished(job, reply != null ? reply : failed(job, error)));
    }
    return this;
  }

  private Behavior<Command> finished(Finished finished) {
    running.remove(finished.job().job());
    finished.job().replyTo().tell(finished.reply());
    return this;
  }

  private CompletionStage<Reply> run(Score job) {
    return journal
        .current(job.history(), job.fromSequence(), lastSequence(job), Object.class)
        .runFold(
            new Selection(job),
            (selection, event) -> selection.take(event.first(), event.second()),
            getContext().getSystem())
        .thenCompose(selection -> scored(job, selection.requireComplete()));
  }

  /** A replica stores at most one event a round, and at least one each round wanted. */
  private static long lastSequence(Score job) {
    return job.toRound();
  }

  private CompletionStage<Reply> scored(Score job, Selection selection) {
    Metrics metrics = Metrics.get(getContext().getSystem());
    return host.submit(
        job.scorer(),
        model -> {
          int[][] tokens = selection.tokens();
          double[] energies =
              tokens.length == 0 ? new double[0] : model.energies(job.space().toSpace(), tokens);
          metrics.evaluated(job.scorer().name(), "cross-scoring", tokens.length);
          return selection.scored(energies);
        });
  }

  private Reply failed(Score job, Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof UserException) {
      return new ScoreFailed(job.job(), String.valueOf(cause.getMessage()));
    }
    getContext().getLog().error("Scoring {} failed", job.history(), cause);
    return new ScoreFailed(
        job.job(),
        "Scoring "
            + job.history()
            + " by model "
            + job.scorer().name()
            + " failed ("
            + cause
            + "); see the worker's log, then start the comparison again.");
  }
}
