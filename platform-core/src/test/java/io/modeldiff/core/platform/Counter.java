package io.modeldiff.core.platform;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.serialization.CborSerializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** A small persistent actor: adding step n twice is the same as adding it once. */
public final class Counter
    extends EventSourcedBehavior<Counter.Command, Counter.Event, Counter.State> {
  public static final String TAG = "counter";

  public sealed interface Command extends CborSerializable {}

  public record Add(long step, ActorRef<Total> replyTo) implements Command {}

  public record Get(ActorRef<Total> replyTo) implements Command {}

  public record Total(long steps) implements CborSerializable {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes(@JsonSubTypes.Type(value = Added.class, name = "added"))
  public sealed interface Event extends CborSerializable {}

  public record Added(long step, Instant at, Optional<String> note, double[] energies)
      implements Event {}

  public record State(long steps) implements CborSerializable {}

  private Counter(String id) {
    super(
        PersistenceId.of("Counter", id),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(2), 0.1));
  }

  public static Behavior<Command> create(String id) {
    return Behaviors.supervise(Behaviors.<Command>setup(context -> new Counter(id)))
        .onFailure(
            SupervisorStrategy.restartWithBackoff(
                Duration.ofMillis(200), Duration.ofSeconds(2), 0.1));
  }

  @Override
  public State emptyState() {
    return new State(0);
  }

  @Override
  public CommandHandler<Command, Event, State> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Add.class, (state, add) -> add(state, add))
        .onCommand(Get.class, (state, get) -> Effect().reply(get.replyTo(), total(state)))
        .build();
  }

  private org.apache.pekko.persistence.typed.javadsl.Effect<Event, State> add(
      State state, Add add) {
    if (add.step() <= state.steps()) {
      return Effect().reply(add.replyTo(), total(state));
    }
    return Effect()
        .persist(new Added(add.step(), Instant.now(), Optional.of("n"), new double[] {1.5, 2}))
        .thenReply(add.replyTo(), Counter::total);
  }

  private static Total total(State state) {
    return new Total(state.steps());
  }

  @Override
  public EventHandler<State, Event> eventHandler() {
    return newEventHandlerBuilder()
        .forAnyState()
        .onEvent(Added.class, (state, added) -> new State(state.steps() + 1))
        .build();
  }

  @Override
  public Set<String> tagsFor(Event event) {
    return Set.of(TAG);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(20, 2);
  }
}
