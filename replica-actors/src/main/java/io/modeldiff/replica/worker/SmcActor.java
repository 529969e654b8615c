package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.SmcEvent;
import io.modeldiff.core.campaign.SmcEvent.SmcCompleted;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.ops.Metrics;
import io.modeldiff.replica.worker.SmcProtocol.Command;
import io.modeldiff.replica.worker.SmcProtocol.ComputeFailed;
import io.modeldiff.replica.worker.SmcProtocol.Computed;
import io.modeldiff.replica.worker.SmcProtocol.ReplicateDone;
import io.modeldiff.replica.worker.SmcProtocol.Retire;
import io.modeldiff.replica.worker.SmcProtocol.RunReplicate;
import io.modeldiff.replica.worker.SmcProtocol.Stop;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
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
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * One SMC replicate (or one Wang-Landau run): run once, stored, and from then on answered from its
 * state. A replicate that a crash interrupts begins again and gives the same result; it takes
 * seconds.
 */
public final class SmcActor extends EventSourcedBehavior<Command, SmcEvent, SmcState> {
  /** Sharding key; entities live on the role gpu-worker. */
  public static final EntityTypeKey<Command> KEY =
      EntityTypeKey.create(Command.class, Histories.SMC);

  private final ActorContext<Command> context;
  private final @Nullable ActorRef<ClusterSharding.ShardCommand> shard;
  private final String entity;
  private final ModelHost host;
  private @Nullable RunReplicate running;
  private int hangs;

  /** The replicate of an entity id, {@code <campaign>-<index>}. */
  public static Behavior<Command> create(
      String entity, ModelHost host, @Nullable ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(context -> new SmcActor(context, entity, host, shard));
  }

  private SmcActor(
      ActorContext<Command> context,
      String entity,
      ModelHost host,
      @Nullable ActorRef<ClusterSharding.ShardCommand> shard) {
    super(
        PersistenceId.of(Histories.SMC, entity),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(500), Duration.ofSeconds(10), 0.1));
    this.context = context;
    this.entity = entity;
    this.host = host;
    this.shard = shard;
  }

  @Override
  public SmcState emptyState() {
    return SmcState.EMPTY;
  }

  @Override
  public EventHandler<SmcState, SmcEvent> eventHandler() {
    return (state, event) -> new SmcState((SmcCompleted) event);
  }

  @Override
  public SignalHandler<SmcState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), state -> running = null)
        .build();
  }

  @Override
  public CommandHandler<Command, SmcEvent, SmcState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(RunReplicate.class, this::run)
        .onCommand(Computed.class, this::computed)
        .onCommand(ComputeFailed.class, this::failed)
        .onCommand(Retire.class, this::retire)
        .onCommand(Stop.class, stop -> Effect().stop())
        .build();
  }

  private Effect<SmcEvent, SmcState> run(SmcState state, RunReplicate command) {
    if (state.result() != null) {
      return Effect().reply(command.replyTo(), done(command, state.result()));
    }
    boolean idle = running == null;
    running = command;
    if (idle) {
      compute(command);
    }
    return Effect().none();
  }

  private void compute(RunReplicate command) {
    var result =
        host.submit(
            command.spec().model(),
            model -> SmcWork.run(model, command.spec(), command.assignment()));
    context.pipeToSelf(
        result,
        (event, error) ->
            event != null
                ? new Computed(event)
                : new ComputeFailed(error == null ? new IllegalStateException() : error));
  }

  private Effect<SmcEvent, SmcState> computed(SmcState state, Computed computed) {
    return state.result() != null
        ? Effect().none()
        : Effect().persist(computed.event()).thenRun(this::stored);
  }

  private void stored(SmcState state) {
    RunReplicate command = running;
    running = null;
    if (command != null && state.result() != null) {
      Metrics.get(context.getSystem())
          .evaluated(
              command.spec().model().name(),
              "sampling",
              (double) state.result().positions() / command.spec().space().length());
      command.replyTo().tell(done(command, state.result()));
    }
  }

  private ReplicateDone done(RunReplicate command, SmcCompleted r) {
    return new ReplicateDone(
        command.assignment().index(),
        r.replicate(),
        r.beta(),
        r.energies(),
        r.logWeights(),
        r.logZ(),
        r.resamplings(),
        r.positions(),
        context.getSystem().address().toString());
  }

  private Effect<SmcEvent, SmcState> failed(SmcState state, ComputeFailed failure) {
    RunReplicate command = running;
    running = null;
    if (command == null) {
      return Effect().none();
    }
    Throwable error = WorkFailure.unwrapped(failure.error());
    String work = "SMC replicate " + entity;
    if (!(error instanceof ModelCallHung)) {
      return refuse(command, WorkFailure.sentence(error, work, context.getLog()));
    }
    hangs++;
    if (hangs < WorkFailure.HANGS_BORNE) {
      return run(state, command);
    }
    return host.moveAway() ? Effect().none() : refuse(command, WorkFailure.hangs(work));
  }

  private Effect<SmcEvent, SmcState> refuse(RunReplicate command, String sentence) {
    return Effect()
        .reply(
            command.replyTo(),
            new SmcProtocol.ReplicateFailed(command.assignment().index(), sentence));
  }

  private Effect<SmcEvent, SmcState> retire(SmcState state, Retire command) {
    if (running == null && shard != null) {
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
    return Effect().none();
  }
}
