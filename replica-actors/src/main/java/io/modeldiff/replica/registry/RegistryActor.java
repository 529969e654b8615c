package io.modeldiff.replica.registry;

import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.registry.RegistryEvent;
import io.modeldiff.core.registry.RegistryEvent.AnnotationListed;
import io.modeldiff.core.registry.RegistryEvent.CampaignListed;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.core.registry.RegistryEvent.CorpusRegistered;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.replica.registry.RegistryProtocol.AskPlace;
import io.modeldiff.replica.registry.RegistryProtocol.Command;
import io.modeldiff.replica.registry.RegistryProtocol.GetAll;
import io.modeldiff.replica.registry.RegistryProtocol.Register;
import io.modeldiff.replica.registry.RegistryProtocol.Release;
import io.modeldiff.replica.registry.RegistryProtocol.Sweep;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.pattern.StatusReply;
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
 * The one list of what the platform knows, and the campaigns' queue. A cluster singleton on the
 * role coordinator: wherever it starts, it wakes every campaign and comparison, so that those that
 * were running go on by themselves.
 */
public final class RegistryActor
    extends EventSourcedBehavior<Command, RegistryEvent, RegistryState> {
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration WAKE = Duration.ofSeconds(15);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int SNAPSHOT_EVERY = 100;

  private final TimerScheduler<Command> timers;
  private final IntSupplier places;
  private final Waker waker;
  private Queue queue = new Queue(PATIENCE_NANOS);
  private final Set<String> quiet = new HashSet<>();
  private long wokenAt;

  /** How the registry reaches those it wakes. */
  public interface Waker {
    void wakeCampaign(String campaign);

    void wakeComparison(String comparison);
  }

  /**
   * The registry.
   *
   * @param places how many campaigns the present workers can hold
   */
  public static Behavior<Command> create(IntSupplier places, Waker waker) {
    return Behaviors.withTimers(timers -> new RegistryActor(timers, places, waker));
  }

  private RegistryActor(TimerScheduler<Command> timers, IntSupplier places, Waker waker) {
    super(
        PersistenceId.of(Histories.REGISTRY, Histories.MAIN),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(500), Duration.ofSeconds(10), 0.1));
    this.timers = timers;
    this.places = places;
    this.waker = waker;
  }

  @Override
  public RegistryState emptyState() {
    return RegistryState.EMPTY;
  }

  @Override
  public EventHandler<RegistryState, RegistryEvent> eventHandler() {
    return RegistryState::apply;
  }

  @Override
  public Set<String> tagsFor(RegistryEvent event) {
    return Set.of(Histories.tag(Histories.REGISTRY, Histories.MAIN));
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2);
  }

  @Override
  public SignalHandler<RegistryState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .build();
  }

  private void recovered(RegistryState state) {
    queue = new Queue(PATIENCE_NANOS);
    quiet.clear();
    timers.startTimerWithFixedDelay(Sweep.class, new Sweep(), SWEEP);
    wake(state);
  }

  private void wake(RegistryState state) {
    wokenAt = System.nanoTime();
    state.campaigns().keySet().stream()
        .filter(campaign -> !quiet.contains(campaign))
        .forEach(waker::wakeCampaign);
    state.comparisons().keySet().stream()
        .filter(comparison -> !quiet.contains(comparison))
        .forEach(waker::wakeComparison);
  }

  @Override
  public CommandHandler<Command, RegistryEvent, RegistryState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Register.class, this::register)
        .onCommand(
            GetAll.class, (state, get) -> Effect().reply(get.replyTo(), StatusReply.success(state)))
        .onCommand(AskPlace.class, this::askPlace)
        .onCommand(Release.class, this::release)
        .onCommand(Sweep.class, this::sweep)
        .build();
  }

  private Effect<RegistryEvent, RegistryState> register(RegistryState state, Register command) {
    RegistryEvent known = known(state, command.what());
    if (known == null) {
      return Effect().persist(command.what()).thenReply(command.replyTo(), StatusReply::success);
    }
    String conflict = conflict(known, command.what());
    return Effect()
        .reply(
            command.replyTo(),
            conflict == null ? StatusReply.success(state) : StatusReply.error(conflict));
  }

  private static @Nullable RegistryEvent known(RegistryState state, RegistryEvent what) {
    if (what instanceof ModelRegistered m) {
      return state.models().get(m.name());
    } else if (what instanceof CorpusRegistered c) {
      return state.corpora().get(c.name());
    } else if (what instanceof CampaignListed c) {
      return state.campaigns().get(c.campaign());
    } else if (what instanceof ComparisonListed c) {
      return state.comparisons().get(c.comparison());
    } else if (what instanceof AnnotationListed a) {
      return state.annotations().get(a.project());
    }
    return null;
  }

  /** Names never change meaning. */
  private static @Nullable String conflict(RegistryEvent known, RegistryEvent now) {
    if (known instanceof ModelRegistered old
        && now instanceof ModelRegistered fresh
        && !old.hash().equals(fresh.hash())) {
      return "The name "
          + old.name()
          + " belongs to the model in "
          + old.path()
          + " with other files; register the new one under another name.";
    }
    if (known instanceof CorpusRegistered old
        && now instanceof CorpusRegistered fresh
        && !old.hash().equals(fresh.hash())) {
      return "The name "
          + old.name()
          + " belongs to the corpus in "
          + old.path()
          + " with other texts; register the new one under another name.";
    }
    return null;
  }

  private Effect<RegistryEvent, RegistryState> askPlace(RegistryState state, AskPlace ask) {
    long now = System.nanoTime();
    quiet.remove(ask.campaign());
    queue.ask(ask.campaign(), ask.since(), ask.holding(), ask.replyTo(), now);
    if (!ask.holding()) {
      queue.settle(places.getAsInt(), now);
    }
    return Effect().none();
  }

  private Effect<RegistryEvent, RegistryState> release(RegistryState state, Release release) {
    quiet.add(release.entity());
    queue.release(release.entity());
    queue.settle(places.getAsInt(), System.nanoTime());
    return Effect().none();
  }

  private Effect<RegistryEvent, RegistryState> sweep(RegistryState state, Sweep sweep) {
    long now = System.nanoTime();
    queue.settle(places.getAsInt(), now);
    if (now - wokenAt > WAKE.toNanos()) {
      wake(state);
    }
    return Effect().none();
  }
}
