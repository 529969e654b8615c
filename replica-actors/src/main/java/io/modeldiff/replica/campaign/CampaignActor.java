package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignFailed;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.replica.campaign.CampaignProtocol.Admitted;
import io.modeldiff.replica.campaign.CampaignProtocol.Command;
import io.modeldiff.replica.campaign.CampaignProtocol.FromReplica;
import io.modeldiff.replica.campaign.CampaignProtocol.FromSmc;
import io.modeldiff.replica.campaign.CampaignProtocol.Get;
import io.modeldiff.replica.campaign.CampaignProtocol.Queued;
import io.modeldiff.replica.campaign.CampaignProtocol.Request;
import io.modeldiff.replica.campaign.CampaignProtocol.Stop;
import io.modeldiff.replica.campaign.CampaignProtocol.Tick;
import io.modeldiff.replica.campaign.CampaignProtocol.Wake;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundDone;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundFailed;
import io.modeldiff.replica.worker.SmcProtocol.ReplicateDone;
import io.modeldiff.replica.worker.SmcProtocol.ReplicateFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The coordinator of one campaign. It asks all replicas for a round, decides the swaps when all
 * have answered, sends them off into the next round, and stores what it decided meanwhile:
 * everything it decides follows from what the replicas stored, so that losing an unstored decision
 * loses nothing.
 */
public final class CampaignActor
    extends EventSourcedBehavior<Command, CampaignEvent, CampaignState> {
  /** Sharding key; entities live on the role coordinator. */
  public static final EntityTypeKey<Command> KEY =
      EntityTypeKey.create(Command.class, Histories.CAMPAIGN);

  private static final int SNAPSHOT_EVERY = 100;

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final String campaign;
  private final CampaignSurroundings surroundings;
  private CampaignRun run;

  /** The coordinator of a campaign id. */
  public static Behavior<Command> create(String campaign, CampaignSurroundings surroundings) {
    return Behaviors.withMdc(
        Command.class,
        Map.of("campaign", campaign),
        CampaignActor::roundOf,
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> new CampaignActor(context, timers, campaign, surroundings))));
  }

  private static Map<String, String> roundOf(Command command) {
    return command instanceof FromReplica from && from.reply() instanceof RoundDone done
        ? Map.of("round", Long.toString(done.round()))
        : Map.of();
  }

  private CampaignActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String campaign,
      CampaignSurroundings surroundings) {
    super(
        PersistenceId.of(Histories.CAMPAIGN, campaign),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(500), Duration.ofSeconds(10), 0.1));
    this.context = context;
    this.timers = timers;
    this.campaign = campaign;
    this.surroundings = surroundings;
    this.run = new CampaignRun(context, campaign, surroundings);
  }

  @Override
  public CampaignState emptyState() {
    return CampaignState.NONE;
  }

  @Override
  public EventHandler<CampaignState, CampaignEvent> eventHandler() {
    return CampaignState::apply;
  }

  @Override
  public Set<String> tagsFor(CampaignEvent event) {
    return Set.of(Histories.tag(Histories.CAMPAIGN, campaign));
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2);
  }

  @Override
  public SignalHandler<CampaignState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .build();
  }

  private void recovered(CampaignState state) {
    run = new CampaignRun(context, campaign, surroundings);
    timers.startTimerWithFixedDelay(Tick.class, new Tick(), surroundings.resendEvery());
    if (state.running()) {
      run.askAdmission(state);
    }
  }

  @Override
  public CommandHandler<Command, CampaignEvent, CampaignState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Request.class, this::request)
        .onCommand(Get.class, this::get)
        .onCommand(FromReplica.class, this::fromReplica)
        .onCommand(FromSmc.class, this::fromSmc)
        .onCommand(Admitted.class, this::admitted)
        .onCommand(Queued.class, this::queued)
        .onCommand(Wake.class, this::wake)
        .onCommand(Tick.class, this::tick)
        .onCommand(Stop.class, stop -> Effect().stop())
        .build();
  }

  private Effect<CampaignEvent, CampaignState> request(CampaignState state, Request request) {
    if (state.knows(request.cause().requestId())) {
      return Effect().reply(request.replyTo(), StatusReply.success(run.view(state)));
    }
    Requests.Answer answer = Requests.decide(campaign, state, request, Instant.now());
    if (answer.event() == null) {
      return Effect()
          .reply(
              request.replyTo(),
              answer.refusal() == null
                  ? StatusReply.success(run.view(state))
                  : StatusReply.error(answer.refusal()));
    }
    return Effect()
        .persist(answer.event())
        .thenRun(after -> changed(state, after))
        .thenReply(request.replyTo(), after -> StatusReply.success(run.view(after)));
  }

  private void changed(CampaignState before, CampaignState after) {
    context.getLog().info("Now {}, at round {}", after.status().word(), after.course().nextRound());
    if (after.running() && !before.running()) {
      run.askAdmission(after);
    } else if (!after.running() && after.status() != CampaignStatus.PAUSED) {
      run.dismiss(before);
    } else if (after.status() == CampaignStatus.PAUSED && run.idle()) {
      run.dismiss(before);
    }
    run.publish(after);
  }

  private Effect<CampaignEvent, CampaignState> get(CampaignState state, Get get) {
    return Effect()
        .reply(
            get.replyTo(),
            state.status() == CampaignStatus.UNKNOWN
                ? StatusReply.error(
                    "There is no campaign "
                        + campaign
                        + "; list those there are with"
                        + " 'modeldiff campaign list'.")
                : StatusReply.success(run.view(state)));
  }

  /** Recovery has started what is to be done; what is at rest need not be woken again. */
  private Effect<CampaignEvent, CampaignState> wake(CampaignState state, Wake wake) {
    if (!state.running() && run.idle()) {
      surroundings.admission().release(campaign);
    }
    return Effect().none();
  }

  private Effect<CampaignEvent, CampaignState> admitted(CampaignState state, Admitted admitted) {
    if (!state.running() || !run.idle()) {
      return Effect().none();
    }
    run.admitted();
    return proceed(state, List.of());
  }

  private Effect<CampaignEvent, CampaignState> queued(CampaignState state, Queued queued) {
    run.queued(queued.position());
    run.publish(state);
    return Effect().none();
  }

  private Effect<CampaignEvent, CampaignState> fromReplica(
      CampaignState state, FromReplica message) {
    if (message.reply() instanceof RoundFailed failed) {
      return replicaFailed(state, failed);
    }
    if (!(message.reply() instanceof RoundDone done) || !run.take(done)) {
      return Effect().none();
    }
    RoundClosed closed = run.close(state);
    return proceed(state, List.of(closed));
  }

  private Effect<CampaignEvent, CampaignState> replicaFailed(
      CampaignState state, RoundFailed failed) {
    return run.runs(failed.round()) && state.running()
        ? fail(state, failed.sentence())
        : Effect().none();
  }

  private Effect<CampaignEvent, CampaignState> fromSmc(CampaignState state, FromSmc message) {
    if (message.reply() instanceof ReplicateFailed failed) {
      return run.asks(failed.index()) && state.running()
          ? fail(state, failed.sentence())
          : Effect().none();
    }
    return message.reply() instanceof ReplicateDone done && run.take(done)
        ? proceed(state, run.closeReplicates(state))
        : Effect().none();
  }

  private Effect<CampaignEvent, CampaignState> fail(CampaignState state, String sentence) {
    run.dismiss(state);
    context.getLog().error("{}", sentence);
    return Effect().persist(new CampaignFailed(sentence, Instant.now())).thenRun(run::publish);
  }

  /**
   * Takes what just happened and everything that follows from it without new work, sends the
   * replicas off if there is a round to run, and stores the events while they work.
   */
  private Effect<CampaignEvent, CampaignState> proceed(
      CampaignState state, List<CampaignEvent> happened) {
    List<CampaignEvent> events = new ArrayList<>(happened);
    CampaignState after = state;
    for (CampaignEvent event : happened) {
      after = after.apply(event);
    }
    Instant now = Instant.now();
    NextStep next = NextStep.of(after, run.replicates(), now);
    while (next instanceof NextStep.Decide decided) {
      events.addAll(decided.events());
      decided.events().forEach(e -> context.getLog().info("{}", e.getClass().getSimpleName()));
      for (CampaignEvent event : decided.events()) {
        after = after.apply(event);
      }
      next = NextStep.of(after, run.replicates(), now);
    }
    if (next instanceof NextStep.RunRound) {
      run.startRound(after);
    } else if (next instanceof NextStep.RunReplicates replicates) {
      run.startReplicates(after, replicates.assignments());
    } else {
      run.dismiss(after);
    }
    return events.isEmpty() ? Effect().none() : Effect().persist(events).thenRun(run::publish);
  }

  private Effect<CampaignEvent, CampaignState> tick(CampaignState state, Tick tick) {
    if (state.running() || !run.idle()) {
      run.askAgain(state);
    }
    return Effect().none();
  }
}
