package io.modeldiff.replica.api;

import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.pubsub.Topic;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSource;

/** Streams of what a topic publishes. */
final class Watching {
  private static final int BUFFER = 64;

  private Watching() {}

  static <T> Source<T, NotUsed> topic(
      ActorSystem<?> system, ActorRef<Topic.Command<T>> topic, Class<T> type) {
    return ActorSource.<T>actorRef(
            message -> false,
            message -> java.util.Optional.empty(),
            BUFFER,
            OverflowStrategy.dropHead())
        .mapMaterializedValue(
            subscriber -> {
              topic.tell(Topic.subscribe(subscriber));
              return NotUsed.getInstance();
            });
  }
}
