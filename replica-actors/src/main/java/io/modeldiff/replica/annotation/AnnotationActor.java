package io.modeldiff.replica.annotation;

import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.replica.annotation.AnnotationProtocol.Ask;
import io.modeldiff.replica.annotation.AnnotationProtocol.Command;
import io.modeldiff.replica.annotation.AnnotationProtocol.Decide;
import io.modeldiff.replica.annotation.AnnotationProtocol.Get;
import io.modeldiff.replica.annotation.AnnotationProtocol.Stop;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
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
 * The owner of one annotation project. Requests that come in while others are being stored are
 * decided and stored together, so that many annotators wait for few writes; nobody is answered
 * before what the answer says is in the journal.
 */
public final class AnnotationActor
    extends EventSourcedBehavior<Command, AnnotationEvent, AnnotationProject> {
  /** Sharding key; entities live on the role coordinator. */
  public static final EntityTypeKey<Command> KEY =
      EntityTypeKey.create(Command.class, Histories.ANNOTATION);

  private static final int SNAPSHOT_EVERY = 1000;
  private static final int MOST_AT_ONCE = 64;

  private final ActorContext<Command> context;
  private final String project;
  private final Consumer<AnnotationView> publisher;
  private final Clock clock;
  private final Deque<Ask> waiting = new ArrayDeque<>();
  private boolean told;

  /**
   * The owner of a project id.
   *
   * @param publisher takes the view after every change
   * @param clock says when leases end
   */
  public static Behavior<Command> create(
      String project, Consumer<AnnotationView> publisher, Clock clock) {
    return Behaviors.setup(context -> new AnnotationActor(context, project, publisher, clock));
  }

  private AnnotationActor(
      ActorContext<Command> context,
      String project,
      Consumer<AnnotationView> publisher,
      Clock clock) {
    super(
        PersistenceId.of(Histories.ANNOTATION, project),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(500), Duration.ofSeconds(10), 0.1));
    this.context = context;
    this.project = project;
    this.publisher = publisher;
    this.clock = clock;
  }

  @Override
  public AnnotationProject emptyState() {
    return AnnotationProject.none(project);
  }

  @Override
  public EventHandler<AnnotationProject, AnnotationEvent> eventHandler() {
    return AnnotationProject::apply;
  }

  @Override
  public Set<String> tagsFor(AnnotationEvent event) {
    return Set.of(Histories.tag(Histories.ANNOTATION, project));
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2);
  }

  // Requests of before a restart were not stored: their senders ask again.
  @Override
  public SignalHandler<AnnotationProject> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            state -> {
              waiting.clear();
              told = false;
            })
        .build();
  }

  @Override
  public CommandHandler<Command, AnnotationEvent, AnnotationProject> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Ask.class, this::ask)
        .onCommand(Decide.class, this::decide)
        .onCommand(Get.class, this::get)
        .onCommand(Stop.class, stop -> Effect().stop())
        .build();
  }

  private Effect<AnnotationEvent, AnnotationProject> ask(AnnotationProject state, Ask ask) {
    waiting.add(ask);
    if (!told) {
      told = true;
      context.getSelf().tell(new Decide());
    }
    return Effect().none();
  }

  /** A reply that waits for the events before it. */
  private record Ready(
      ActorRef<StatusReply<AnnotationReply>> to, StatusReply<AnnotationReply> reply) {
    void send() {
      to.tell(reply);
    }
  }

  private Effect<AnnotationEvent, AnnotationProject> decide(
      AnnotationProject state, Decide message) {
    List<AnnotationEvent> events = new ArrayList<>();
    List<Ready> replies = new ArrayList<>();
    AnnotationProject working = state;
    for (int i = 0; i < MOST_AT_ONCE && !waiting.isEmpty(); i++) {
      Ask ask = waiting.remove();
      try {
        Decision decision = Decisions.of(working, ask.request(), clock.instant());
        working = decision.after();
        events.addAll(decision.events());
        replies.add(new Ready(ask.replyTo(), StatusReply.success(decision.reply())));
      } catch (UserException refusal) {
        replies.add(new Ready(ask.replyTo(), StatusReply.error(refusal.getMessage())));
      }
    }
    told = !waiting.isEmpty();
    if (told) {
      context.getSelf().tell(new Decide());
    }
    if (events.isEmpty()) {
      replies.forEach(Ready::send);
      return Effect().none();
    }
    return Effect()
        .persist(events)
        .thenRun(
            after -> {
              replies.forEach(Ready::send);
              publisher.accept(AnnotationView.of(after));
            });
  }

  private Effect<AnnotationEvent, AnnotationProject> get(AnnotationProject state, Get get) {
    return Effect()
        .reply(
            get.replyTo(),
            state.design() == null
                ? StatusReply.error(
                    "There is no annotation project "
                        + project
                        + "; list those there are with 'modeldiff annotate list'.")
                : StatusReply.success(AnnotationView.of(state)));
  }
}
