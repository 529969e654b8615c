package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.ops.Metrics;
import io.modeldiff.replica.worker.ReplicaProtocol.Command;
import io.modeldiff.replica.worker.ReplicaProtocol.ComputeFailed;
import io.modeldiff.replica.worker.ReplicaProtocol.Computed;
import io.modeldiff.replica.worker.ReplicaProtocol.Retire;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundDone;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundFailed;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundTiming;
import io.modeldiff.replica.worker.ReplicaProtocol.RunRound;
import io.modeldiff.replica.worker.ReplicaProtocol.Stop;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * One replica: C lanes, one event per round. It runs each round once, stores it, and answers every
 * further request for it from its state, so that whoever asks may ask again after any failure.
 */
public final class ReplicaActor extends EventSourcedBehavior<Command, ReplicaEvent, ReplicaState> {
  /** Sharding key; entities live on the role gpu-worker. */
  public static final EntityTypeKey<Command> KEY =
      EntityTypeKey.create(Command.class, Histories.REPLICA);

  private static final int SNAPSHOT_EVERY = 100;

  /** A round being computed or stored, and who waits for it. */
  private record Running(RunRound command, RoundTiming timing, long computedAt) {}

  private final ActorContext<Command> context;
  private final @Nullable ActorRef<ClusterSharding.ShardCommand> shard;
  private final String entity;
  private final ModelHost host;
  private ReplicaLanes lanes = new ReplicaLanes();
  private @Nullable Running running;
  private @Nullable RunRound lastCommand;
  private boolean retiring;
  private int hangs;

  /** The replica of an entity id, {@code <campaign>-<k>}. */
  public static Behavior<Command> create(
      String entity, ModelHost host, @Nullable ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.withMdc(
        Command.class,
        Map.of("campaign", entity.replaceFirst("-[0-9]+$", "")),
        ReplicaActor::roundOf,
        Behaviors.setup(context -> new ReplicaActor(context, entity, host, shard)));
  }

  private static Map<String, String> roundOf(Command command) {
    if (command instanceof RunRound run) {
      return Map.of("round", Long.toString(run.round()));
    }
    return command instanceof Computed computed
        ? Map.of("round", Long.toString(computed.event().round()))
        : Map.of();
  }

  private ReplicaActor(
      ActorContext<Command> context,
      String entity,
      ModelHost host,
      @Nullable ActorRef<ClusterSharding.ShardCommand> shard) {
    super(
        PersistenceId.of(Histories.REPLICA, entity),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(500), Duration.ofSeconds(10), 0.1));
    this.context = context;
    this.entity = entity;
    this.host = host;
    this.shard = shard;
  }

  @Override
  public ReplicaState emptyState() {
    return ReplicaState.EMPTY;
  }

  @Override
  public EventHandler<ReplicaState, ReplicaEvent> eventHandler() {
    return newEventHandlerBuilder()
        .forAnyState()
        .onEvent(ReplicaAdvanced.class, ReplicaState::advanced)
        .build();
  }

  @Override
  public CommandHandler<Command, ReplicaEvent, ReplicaState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(RunRound.class, this::runRound)
        .onCommand(Computed.class, this::computed)
        .onCommand(ComputeFailed.class, this::failed)
        .onCommand(Retire.class, this::retire)
        .onCommand(Stop.class, stop -> Effect().stop())
        .build();
  }

  private Effect<ReplicaEvent, ReplicaState> runRound(ReplicaState state, RunRound command) {
    ReplicaAdvanced stored = state.remembered(command.round());
    if (stored != null) {
      return Effect().reply(command.replyTo(), done(command.replica(), stored, RoundTiming.NONE));
    }
    if (state.last() != null && !follows(state.last(), command)) {
      return refuse(state.last(), command);
    }
    if (running != null && running.command().round() == command.round()) {
      running = new Running(command, running.timing(), running.computedAt());
      return Effect().none();
    }
    running = new Running(command, RoundTiming.NONE, 0);
    lastCommand = command;
    retiring = false;
    compute(command, command.fresh() || state.last() == null ? null : state.last().tokens());
    return Effect().none();
  }

  /** A round goes on from the one before it; chains that start anew may have skipped some. */
  private static boolean follows(ReplicaAdvanced last, RunRound command) {
    return command.fresh() ? command.round() > last.round() : command.round() == last.round() + 1;
  }

  private Effect<ReplicaEvent, ReplicaState> refuse(ReplicaAdvanced last, RunRound command) {
    if (command.round() < last.round()) {
      context.getLog().debug("{} is past round {}", entity, command.round());
      return Effect().none();
    }
    return Effect()
        .reply(
            command.replyTo(),
            new RoundFailed(
                command.replica(),
                command.round(),
                "The history of replica "
                    + entity
                    + " ends at round "
                    + last.round()
                    + ", but round "
                    + command.round()
                    + " was asked for; the journal has lost events: restore it from a backup."));
  }

  private void compute(RunRound command, int @Nullable [][] tokens) {
    long asked = System.nanoTime();
    ReplicaLanes mine = lanes;
    var result =
        host.submit(
            command.spec().model(),
            model -> {
              long started = System.nanoTime();
              ReplicaAdvanced event = mine.run(model, command, tokens);
              return new Computed(
                  event, new RoundTiming(started - asked, System.nanoTime() - started, 0));
            });
    context.pipeToSelf(
        result,
        (computed, error) ->
            computed != null
                ? computed
                : new ComputeFailed(
                    command.round(), error == null ? new IllegalStateException() : error));
  }

  private Effect<ReplicaEvent, ReplicaState> computed(ReplicaState state, Computed computed) {
    Running mine = running;
    if (mine == null || mine.command().round() != computed.event().round()) {
      return Effect().none();
    }
    running = new Running(mine.command(), computed.timing(), System.nanoTime());
    return Effect().persist(computed.event()).thenRun(() -> stored(computed.event()));
  }

  private void stored(ReplicaAdvanced event) {
    Running mine = running;
    running = null;
    hangs = 0;
    if (mine != null) {
      RoundTiming t = mine.timing();
      RoundTiming full =
          new RoundTiming(t.queued(), t.model(), System.nanoTime() - mine.computedAt());
      measured(mine.command(), event, full);
      mine.command().replyTo().tell(done(mine.command().replica(), event, full));
    }
    leaveIfIdle();
  }

  private void measured(RunRound command, ReplicaAdvanced event, RoundTiming timing) {
    Metrics metrics = Metrics.get(context.getSystem());
    metrics.round(Metrics.RoundPart.MODEL, Duration.ofNanos(timing.model()));
    metrics.round(Metrics.RoundPart.PERSIST, Duration.ofNanos(timing.persist()));
    metrics.evaluated(
        command.spec().model().name(),
        "sampling",
        (double) event.positions() / command.spec().space().length());
  }

  private RoundDone done(int replica, ReplicaAdvanced event, RoundTiming timing) {
    return new RoundDone(
        replica,
        event.round(),
        event.energies(),
        event.moves(),
        event.positions(),
        context.getSystem().address().toString(),
        timing);
  }

  private Effect<ReplicaEvent, ReplicaState> failed(ReplicaState state, ComputeFailed failure) {
    Running mine = running;
    if (mine == null || mine.command().round() != failure.round()) {
      return Effect().none();
    }
    running = null;
    // The lanes may be in any state, or still be held by a thread that hangs.
    lanes = new ReplicaLanes();
    Throwable error = WorkFailure.unwrapped(failure.error());
    if (error instanceof ModelCallHung) {
      return hung(state, mine.command());
    }
    return Effect()
        .reply(
            mine.command().replyTo(),
            new RoundFailed(
                mine.command().replica(),
                failure.round(),
                WorkFailure.sentence(error, "A round of replica " + entity, context.getLog())));
  }

  /** Tries again here, then elsewhere. */
  private Effect<ReplicaEvent, ReplicaState> hung(ReplicaState state, RunRound command) {
    hangs++;
    context.getLog().warn("A model call of round {} of {} hung", command.round(), entity);
    if (hangs < WorkFailure.HANGS_BORNE) {
      return runRound(state, command);
    }
    return host.moveAway()
        ? Effect().none()
        : Effect()
            .reply(
                command.replyTo(),
                new RoundFailed(
                    command.replica(),
                    command.round(),
                    WorkFailure.hangs("A round of replica " + entity)));
  }

  private Effect<ReplicaEvent, ReplicaState> retire(ReplicaState state, Retire command) {
    retiring = true;
    leaveIfIdle();
    return Effect().none();
  }

  private void leaveIfIdle() {
    if (retiring && running == null && shard != null) {
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
  }

  private void closeLanes(@Nullable RunRound of) {
    ReplicaLanes mine = lanes;
    if (of != null) {
      var unused =
          host.submit(
              of.spec().model(),
              model -> {
                mine.close();
                return mine;
              });
    }
  }

  @Override
  public SignalHandler<ReplicaState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), state -> running = null)
        .onSignal(PostStop.instance(), state -> closeLanes(lastCommand))
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2);
  }
}
