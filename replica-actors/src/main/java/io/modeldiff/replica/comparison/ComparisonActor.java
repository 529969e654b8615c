package io.modeldiff.replica.comparison;

import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonCompleted;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonFailed;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonReopened;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonStarted;
import io.modeldiff.core.comparison.ComparisonEvent.CrossScored;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.comparison.ComparisonProtocol.Command;
import io.modeldiff.replica.comparison.ComparisonProtocol.FromCampaign;
import io.modeldiff.replica.comparison.ComparisonProtocol.FromScorer;
import io.modeldiff.replica.comparison.ComparisonProtocol.Get;
import io.modeldiff.replica.comparison.ComparisonProtocol.NoView;
import io.modeldiff.replica.comparison.ComparisonProtocol.Start;
import io.modeldiff.replica.comparison.ComparisonProtocol.Stop;
import io.modeldiff.replica.comparison.ComparisonProtocol.Tick;
import io.modeldiff.replica.comparison.ComparisonProtocol.Wake;
import io.modeldiff.replica.worker.ScoreProtocol;
import io.modeldiff.replica.worker.ScoreProtocol.Score;
import io.modeldiff.replica.worker.ScoreProtocol.ScoreFailed;
import io.modeldiff.replica.worker.ScoreProtocol.Scored;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
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
 * The coordinator of one comparison. While its campaigns run it hands stretches of their rounds to
 * scorers on the workers and stores what they answer; it is complete when the campaigns are and
 * every sample that counts has been scored.
 */
public final class ComparisonActor
    extends EventSourcedBehavior<Command, ComparisonEvent, ComparisonState> {
  /** Sharding key; entities live on the role coordinator. */
  public static final EntityTypeKey<Command> KEY =
      EntityTypeKey.create(Command.class, Histories.COMPARISON);

  private static final int SNAPSHOT_EVERY = 50;

  /** A job under way. */
  private record Job(Stretch stretch, long sentAt) {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final String comparison;
  private final ComparisonSurroundings surroundings;
  private final Map<String, Job> jobs = new HashMap<>();
  private final Map<Integer, CampaignView> campaigns = new HashMap<>();
  private ActorRef<ScoreProtocol.Reply> fromScorers;

  /** The coordinator of a comparison id. */
  public static Behavior<Command> create(String comparison, ComparisonSurroundings surroundings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ComparisonActor(context, timers, comparison, surroundings)));
  }

  private ComparisonActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String comparison,
      ComparisonSurroundings surroundings) {
    super(
        PersistenceId.of(Histories.COMPARISON, comparison),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(500), Duration.ofSeconds(10), 0.1));
    this.context = context;
    this.timers = timers;
    this.comparison = comparison;
    this.surroundings = surroundings;
    this.fromScorers = context.messageAdapter(ScoreProtocol.Reply.class, FromScorer::new);
  }

  @Override
  public ComparisonState emptyState() {
    return ComparisonState.NONE;
  }

  @Override
  public EventHandler<ComparisonState, ComparisonEvent> eventHandler() {
    return ComparisonState::apply;
  }

  @Override
  public Set<String> tagsFor(ComparisonEvent event) {
    return Set.of(Histories.tag(Histories.COMPARISON, comparison));
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2);
  }

  @Override
  public SignalHandler<ComparisonState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .build();
  }

  private void recovered(ComparisonState state) {
    jobs.clear();
    campaigns.clear();
    fromScorers = context.messageAdapter(ScoreProtocol.Reply.class, FromScorer::new);
    timers.startTimerWithFixedDelay(Tick.class, new Tick(), surroundings.pollEvery());
  }

  @Override
  public CommandHandler<Command, ComparisonEvent, ComparisonState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Start.class, this::start)
        .onCommand(Get.class, this::get)
        .onCommand(Wake.class, this::wake)
        .onCommand(Tick.class, this::tick)
        .onCommand(FromCampaign.class, this::fromCampaign)
        .onCommand(NoView.class, this::noView)
        .onCommand(FromScorer.class, this::fromScorer)
        .onCommand(Stop.class, stop -> Effect().stop())
        .build();
  }

  private Effect<ComparisonEvent, ComparisonState> start(ComparisonState state, Start start) {
    if (state.status() == ComparisonStatus.UNKNOWN) {
      return Effect()
          .persist(new ComparisonStarted(comparison, start.spec(), start.cause()))
          .thenReply(start.replyTo(), after -> StatusReply.success(view(after)));
    }
    if (state.status() == ComparisonStatus.FAILED) {
      return Effect()
          .persist(new ComparisonReopened(Instant.now()))
          .thenReply(start.replyTo(), after -> StatusReply.success(view(after)));
    }
    look(state);
    return Effect().reply(start.replyTo(), StatusReply.success(view(state)));
  }

  private Effect<ComparisonEvent, ComparisonState> get(ComparisonState state, Get get) {
    return Effect()
        .reply(
            get.replyTo(),
            state.status() == ComparisonStatus.UNKNOWN
                ? StatusReply.error(
                    "There is no comparison "
                        + comparison
                        + "; list those there are with"
                        + " 'modeldiff comparison list'.")
                : StatusReply.success(view(state)));
  }

  private Effect<ComparisonEvent, ComparisonState> wake(ComparisonState state, Wake wake) {
    if (!state.running()) {
      surroundings.atRest().accept(comparison);
    }
    look(state);
    return Effect().none();
  }

  private Effect<ComparisonEvent, ComparisonState> tick(ComparisonState state, Tick tick) {
    if (state.running()) {
      long late = System.nanoTime() - surroundings.resendEvery().toNanos();
      jobs.values().removeIf(job -> job.sentAt() - late < 0);
      look(state);
    }
    return Effect().none();
  }

  /** Asks the campaigns how far they are. */
  private void look(ComparisonState state) {
    if (state.spec() == null) {
      return;
    }
    for (int side = 0; side < state.spec().sides().size(); side++) {
      int index = side;
      context.pipeToSelf(
          surroundings.campaigns().view(state.spec().sides().get(side).campaign()),
          (view, error) ->
              view == null ? new NoView(String.valueOf(error)) : new FromCampaign(index, view));
    }
  }

  private Effect<ComparisonEvent, ComparisonState> noView(ComparisonState state, NoView message) {
    context.getLog().debug("A campaign of {} did not answer: {}", comparison, message.why());
    return Effect().none();
  }

  private Effect<ComparisonEvent, ComparisonState> fromCampaign(
      ComparisonState state, FromCampaign message) {
    campaigns.put(message.side(), message.view());
    if (state.status() == ComparisonStatus.COMPLETED
        && !Stretch.due(state, message.side(), message.view(), Integer.MAX_VALUE).isEmpty()) {
      return Effect().persist(new ComparisonReopened(Instant.now())).thenRun(this::dispatch);
    }
    if (!state.running()) {
      return Effect().none();
    }
    dispatch(state);
    return completeIfDone(state);
  }

  /** Hands out jobs, few enough that rounds are not kept waiting for long. */
  private void dispatch(ComparisonState state) {
    ComparisonSpec spec = state.defined();
    int limit = surroundings.jobsPerModel();
    for (Map.Entry<Integer, CampaignView> e : campaigns.entrySet()) {
      for (Stretch stretch :
          Stretch.due(state, e.getKey(), e.getValue(), surroundings.chunkSamples())) {
        String name = stretch.job(comparison);
        boolean busy = jobs.containsKey(name) || overlaps(stretch) || load(stretch) >= limit;
        if (!busy) {
          jobs.put(name, new Job(stretch, System.nanoTime()));
          send(spec, e.getValue(), stretch);
        }
      }
    }
  }

  private boolean overlaps(Stretch stretch) {
    return jobs.values().stream()
        .anyMatch(
            j ->
                j.stretch().history().equals(stretch.history())
                    && j.stretch().scorer() == stretch.scorer());
  }

  private long load(Stretch stretch) {
    return jobs.values().stream().filter(j -> j.stretch().scorer() == stretch.scorer()).count();
  }

  private void send(ComparisonSpec spec, CampaignView campaign, Stretch stretch) {
    double[] window = Stretch.energyWindow(spec, campaign.spec());
    surroundings
        .scorers()
        .tell(
            comparison + "-" + stretch.history().hashCode() + "-" + stretch.scorer(),
            new Score(
                stretch.job(comparison),
                stretch.history(),
                stretch.fromSequence(),
                stretch.fromRound(),
                stretch.toRound(),
                spec.sides().get(stretch.scorer()).model(),
                spec.space(),
                window[0],
                window[1],
                fromScorers));
  }

  private Effect<ComparisonEvent, ComparisonState> fromScorer(
      ComparisonState state, FromScorer message) {
    if (message.reply() instanceof ScoreFailed failed) {
      return jobs.remove(failed.job()) == null || !state.running()
          ? Effect().none()
          : Effect()
              .persist(new ComparisonFailed(failed.sentence(), Instant.now()))
              .thenRun(this::publish);
    }
    Scored scored = (Scored) message.reply();
    Job job = jobs.remove(scored.job());
    if (job == null || !state.running()) {
      return Effect().none();
    }
    return Effect()
        .persist(event(job.stretch(), scored))
        .thenRun(
            after -> {
              publish(after);
              look(after);
            });
  }

  private static CrossScored event(Stretch stretch, Scored scored) {
    return new CrossScored(
        stretch.side(),
        stretch.scorer(),
        stretch.history(),
        scored.firstSequence(),
        scored.lastSequence(),
        stretch.fromRound(),
        stretch.toRound(),
        scored.sequence(),
        scored.lane(),
        scored.energies(),
        scored.positions());
  }

  private Effect<ComparisonEvent, ComparisonState> completeIfDone(ComparisonState state) {
    boolean done =
        jobs.isEmpty()
            && campaigns.size() == state.defined().sides().size()
            && campaigns.entrySet().stream()
                .allMatch(e -> Stretch.done(state, e.getKey(), e.getValue()));
    return done
        ? Effect()
            .persist(new ComparisonCompleted(state.positions(), Instant.now()))
            .thenRun(this::publish)
        : Effect().none();
  }

  private void publish(ComparisonState state) {
    surroundings.publisher().accept(view(state));
  }

  private ComparisonView view(ComparisonState state) {
    if (state.cause() == null) {
      throw new IllegalStateException("the comparison was not started");
    }
    return new ComparisonView(
        comparison,
        state.defined(),
        state.cause(),
        state.status(),
        state.samples(),
        state.positions(),
        state.failure());
  }
}
