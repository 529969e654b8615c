package io.modeldiff.replica.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationProject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnotationActorTest {
  private final ActorTestKit kit =
      ActorTestKit.create(
          "annotation",
          ConfigFactory.parseString(
                  """
                  pekko.loglevel = WARNING
                  pekko.actor.allow-java-serialization = off
                  pekko.actor.serialization-bindings {
                    "io.modeldiff.core.serialization.CborSerializable" = jackson-cbor
                  }
                  pekko.persistence.testkit.events.serialize = on
                  pekko.persistence.testkit.snapshots.serialize = on
                  """)
              .withFallback(PersistenceTestKitPlugin.config())
              .withFallback(PersistenceTestKitSnapshotPlugin.config())
              .withFallback(ConfigFactory.defaultReference()));
  private final Ticking clock = new Ticking();
  private int started;

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /** A clock that stands until it is moved. */
  private static final class Ticking extends Clock {
    private Instant now = Projects.START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private ActorRef<AnnotationProtocol.Command> start() {
    Behavior<AnnotationProtocol.Command> owner = AnnotationActor.create("p", view -> {}, clock);
    return kit.spawn(owner, "owner-" + started++);
  }

  private AnnotationReply ask(
      ActorRef<AnnotationProtocol.Command> owner, AnnotationRequest request) {
    TestProbe<StatusReply<AnnotationReply>> probe = kit.createTestProbe();
    owner.tell(new AnnotationProtocol.Ask(request, probe.ref()));
    return probe.receiveMessage().getValue();
  }

  private ActorRef<AnnotationProtocol.Command> restart(ActorRef<AnnotationProtocol.Command> owner) {
    kit.stop(owner);
    return start();
  }

  @Test
  void owner_stoppedAfterEveryStep_keepsLeasesAndAnswers() {
    ActorRef<AnnotationProtocol.Command> owner = start();
    ask(owner, new AnnotationRequest.Create(Projects.design(1, 60), "Score.", Projects.cause("c")));
    owner = restart(owner);
    ask(owner, new AnnotationRequest.AddItems(Projects.items(2), 4, 0, Projects.cause("d")));
    owner = restart(owner);
    AnnotationReply.Offered ann =
        (AnnotationReply.Offered) ask(owner, new AnnotationRequest.Next("ann"));
    owner = restart(owner);
    AnnotationReply.Offered bob =
        (AnnotationReply.Offered) ask(owner, new AnnotationRequest.Next("bob"));
    assertThat(bob.item().id()).isNotEqualTo(ann.item().id());
    owner = restart(owner);
    ask(owner, submit(ann.item().id(), "ann"));
    owner = restart(owner);
    AnnotationReply again = ask(owner, submit(ann.item().id(), "ann"));
    assertThat(((AnnotationReply.Recorded) again).repeated()).isTrue();
    ask(owner, submit(bob.item().id(), "bob"));
    owner = restart(owner);
    AnnotationView view =
        ((AnnotationReply.Changed)
                ask(owner, new AnnotationRequest.ReviseGuidelines("New.", Projects.cause("g"))))
            .view();
    assertThat(view.complete()).isEqualTo(2);
    assertThat(view.answers()).isEqualTo(2);
    assertThat(view.guidelines().version()).isEqualTo(2);
  }

  private static AnnotationRequest submit(String item, String by) {
    return new AnnotationRequest.Submit(item, by, 1.0, "", null, "r-" + by);
  }

  @Test
  void owner_askedByManyAtOnce_answersEachAfterItsEvents() {
    ActorRef<AnnotationProtocol.Command> owner = start();
    ask(owner, new AnnotationRequest.Create(Projects.design(1, 60), "Score.", Projects.cause("c")));
    ask(owner, new AnnotationRequest.AddItems(Projects.items(200), 4, 0, Projects.cause("d")));
    TestProbe<StatusReply<AnnotationReply>> probe = kit.createTestProbe();
    for (int i = 0; i < 200; i++) {
      owner.tell(new AnnotationProtocol.Ask(new AnnotationRequest.Next("p" + i), probe.ref()));
    }
    java.util.Set<String> items = new java.util.HashSet<>();
    for (StatusReply<AnnotationReply> reply :
        probe.receiveSeveralMessages(200, Duration.ofSeconds(30))) {
      items.add(((AnnotationReply.Offered) reply.getValue()).item().id());
    }
    assertThat(items).hasSize(200);
  }

  @Test
  void project_asSnapshot_survivesSerialization() {
    AnnotationProject project = Projects.of(3, 2, 60);
    Decision next = Decisions.of(project, new AnnotationRequest.Next("ann"), Projects.START);
    kit.serializationTestKit().verifySerialization(next.after(), true);
    kit.serializationTestKit().verifySerialization(next.reply(), true);
    for (AnnotationEvent event : next.events()) {
      kit.serializationTestKit().verifySerialization(event, true);
    }
  }
}
