package io.modeldiff.replica.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.pubsub.Topic;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSource;

/**
 * Streams of what a topic publishes. A subscription takes a moment, and a coordinator may move to
 * another node between two publications: the present view is asked for every now and then too.
 */
final class Watching {
  private static final int BUFFER = 64;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private Watching() {}

  /** The present view, then those published; fails only when the first cannot be had. */
  static <T> Source<T, NotUsed> of(
      Supplier<CompletionStage<T>> view, Source<T, NotUsed> published) {
    Source<T, NotUsed> looked =
        Source.tick(LOOK_EVERY, LOOK_EVERY, NotUsed.getInstance())
            .mapAsync(1, tick -> view.get().handle((v, error) -> Optional.ofNullable(v)))
            .filter(Optional::isPresent)
            .map(Optional::get)
            .mapMaterializedValue(cancellable -> NotUsed.getInstance());
    return Source.completionStage(view.get()).concat(published.merge(looked));
  }

  static <T> Source<T, NotUsed> topic(
      ActorSystem<?> system, ActorRef<Topic.Command<T>> topic, Class<T> type) {
    return ActorSource.<T>actorRef(
            message -> false, message -> Optional.empty(), BUFFER, OverflowStrategy.dropHead())
        .mapMaterializedValue(
            subscriber -> {
              topic.tell(Topic.subscribe(subscriber));
              return NotUsed.getInstance();
            });
  }
}
