package io.modeldiff.analysis.projection;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.platform.Role;
import io.modeldiff.core.store.StoreKeyspaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.ShardedDaemonProcessSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.cassandra.query.javadsl.CassandraReadJournal;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.projection.ProjectionBehavior;
import org.apache.pekko.projection.ProjectionId;
import org.apache.pekko.projection.cassandra.javadsl.CassandraProjection;
import org.apache.pekko.projection.javadsl.ProjectionManagement;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * The projections of a cluster: each runs once for each of its tags, on nodes with the role
 * coordinator, and moves when a node goes.
 */
public final class Projections {
  private static final int GROUP = 500;
  private static final Duration GROUP_WITHIN = Duration.ofMillis(200);

  private final ActorSystem<?> system;
  private final StoreKeyspaces keyspaces;
  private final Marks marks;
  private final Lag lag = new Lag();
  private final List<Projection<?>> projections = new ArrayList<>();

  /** None yet. */
  public Projections(ActorSystem<?> system, StoreKeyspaces keyspaces) {
    this.system = system;
    this.keyspaces = keyspaces;
    this.marks = new Marks(system, keyspaces);
  }

  /** The keyspaces that they read and write. */
  public StoreKeyspaces keyspaces() {
    return keyspaces;
  }

  /**
   * Starts a projection, on every node of the role.
   *
   * @param sweepEvery how often all entities are looked at, whatever tags say
   */
  public <E> void start(Projection<E> projection, Duration sweepEvery) {
    projections.add(projection);
    ShardedDaemonProcess.get(system)
        .init(
            ProjectionBehavior.Command.class,
            "projection-" + projection.name(),
            projection.tags().size(),
            i -> behavior(projection, projection.tags().get(i), sweepEvery),
            ShardedDaemonProcessSettings.create(system).withRole(Role.COORDINATOR.word()),
            Optional.of(ProjectionBehavior.stopMessage()));
  }

  private <E> Behavior<ProjectionBehavior.Command> behavior(
      Projection<E> projection, String tag, Duration sweepEvery) {
    Reconciled<E> source =
        new Reconciled<>(
            system,
            marks,
            projection.name(),
            projection.type(),
            tag,
            projection.events(),
            sweepEvery);
    Supplier<
            org.apache.pekko.projection.javadsl.Handler<
                List<org.apache.pekko.projection.eventsourced.EventEnvelope<E>>>>
        handler =
            () -> new GroupHandler<>(projection.name(), projection.models().get(), marks, lag);
    return ProjectionBehavior.create(
        CassandraProjection.groupedWithin(id(projection, tag), source, handler)
            .withGroup(GROUP, GROUP_WITHIN));
  }

  private static ProjectionId id(Projection<?> projection, String tag) {
    return ProjectionId.of(projection.name(), tag);
  }

  /** How far behind the journal the read tables of this node's projections are. */
  public Lag lag() {
    return lag;
  }

  /** The names of what is projected. */
  public List<String> names() {
    return projections.stream().map(Projection::name).toList();
  }

  /**
   * Empties the tables of a projection and builds them again from the journal, while everything
   * else goes on; done when the building has begun ({@link #isCaughtUp} says when it is over).
   *
   * @throws UserException when there is no projection of that name
   */
  public CompletionStage<Done> rebuild(String name) {
    return rebuild(named(name));
  }

  /** Whether everything that the journal holds now has been applied. */
  public CompletionStage<Boolean> isCaughtUp(String name) {
    Projection<?> projection = named(name);
    CassandraReadJournal journal = journal();
    return journal
        .currentPersistenceIds()
        .filter(id -> id.startsWith(projection.type() + "|"))
        .mapAsync(4, id -> marks.last(projection.name(), id).thenApply(n -> Pair.create(id, n)))
        .flatMapConcat(
            mark ->
                journal
                    .currentEventsByPersistenceId(mark.first(), mark.second() + 1, Long.MAX_VALUE)
                    .take(1))
        .runWith(Sink.headOption(), system)
        .thenApply(Optional::isEmpty);
  }

  private CassandraReadJournal journal() {
    return PersistenceQuery.get(system)
        .getReadJournalFor(CassandraReadJournal.class, CassandraReadJournal.Identifier());
  }

  private Projection<?> named(String name) {
    for (Projection<?> projection : projections) {
      if (projection.name().equals(name)) {
        return projection;
      }
    }
    throw UserException.badInput(
        "There is no projection \"" + name + "\"; there are " + String.join(", ", names()) + ".");
  }

  private CompletionStage<Done> rebuild(Projection<?> projection) {
    ProjectionManagement management = ProjectionManagement.get(system);
    return each(projection, management::pause)
        .thenCompose(done -> clear(projection))
        .thenCompose(done -> forgetMarks(projection))
        .thenCompose(done -> each(projection, management::clearOffset))
        .thenCompose(done -> each(projection, management::resume));
  }

  private static CompletionStage<Done> each(
      Projection<?> projection,
      java.util.function.Function<ProjectionId, CompletionStage<Done>> step) {
    CompletableFuture<?>[] all =
        projection.tags().stream()
            .map(tag -> step.apply(id(projection, tag)).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all).thenApply(done -> Done.getInstance());
  }

  private static <E> CompletionStage<Done> clear(Projection<E> projection) {
    CompletableFuture<?>[] all =
        projection.models().get().stream()
            .map(model -> model.clear().toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all).thenApply(done -> Done.getInstance());
  }

  private CompletionStage<Done> forgetMarks(Projection<?> projection) {
    return journal()
        .currentPersistenceIds()
        .mapAsync(8, id -> marks.forget(projection.name(), id))
        .runWith(Sink.ignore(), system);
  }
}
