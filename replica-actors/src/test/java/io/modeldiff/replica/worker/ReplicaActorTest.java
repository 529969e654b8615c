package io.modeldiff.replica.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.SmcEvent;
import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.schedule.Schedule;
import io.modeldiff.replica.worker.ReplicaProtocol.Command;
import io.modeldiff.replica.worker.ReplicaProtocol.Reply;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundDone;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundFailed;
import io.modeldiff.replica.worker.ReplicaProtocol.RunRound;
import io.modeldiff.replica.worker.SmcProtocol.Assignment;
import io.modeldiff.replica.worker.SmcProtocol.ReplicateDone;
import io.modeldiff.replica.worker.SmcProtocol.RunReplicate;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Replicas and SMC replicates, stopped and reloaded, with everything serialized on the way. */
class ReplicaActorTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "replicas",
          com.typesafe.config.ConfigFactory.parseString(
                  """
                  pekko.actor.serialization-bindings {
                    "io.modeldiff.core.serialization.CborSerializable" = jackson-cbor
                  }
                  """)
              .withFallback(EventSourcedBehaviorTestKit.config()));
  private static final ModelHost HOST =
      new ModelHost(
          ref -> new TableLanguageModel(4, 1, 3), Duration.ofSeconds(20), Duration.ofSeconds(20));
  private static final io.modeldiff.core.campaign.Schedule LADDER =
      Schedules.toEvent(Schedule.of(Ladder.of(0.5, 1, 1.5)));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
    HOST.close();
  }

  private static CampaignSpec spec() {
    return CampaignSpecs.builder(
            new ModelRef("table", "tables", "3", "f32"),
            InputSpace.all(5, new int[] {0}, 4),
            new NllRange(0.5, 1.5))
        .lanes(3)
        .ladder(LADDER.betas())
        .build();
  }

  private static RunRound round(long round, TestProbe<Reply> probe) {
    int[] rung = {(int) (round % 3), 1, 2};
    return new RunRound("c1", 0, spec(), round, false, 0, LADDER, rung, probe.ref());
  }

  private static EventSourcedBehaviorTestKit<Command, ReplicaEvent, ReplicaState> replica(
      String entity) {
    return EventSourcedBehaviorTestKit.create(
        KIT.system(), ReplicaActor.create(entity, HOST, null));
  }

  private static RoundDone run(
      EventSourcedBehaviorTestKit<Command, ReplicaEvent, ReplicaState> replica, long round) {
    TestProbe<Reply> probe = KIT.createTestProbe();
    replica.runCommand(round(round, probe));
    return probe.expectMessageClass(RoundDone.class, Duration.ofSeconds(10));
  }

  private static ReplicaAdvanced last(
      EventSourcedBehaviorTestKit<Command, ReplicaEvent, ReplicaState> replica) {
    ReplicaAdvanced last = replica.getState().last();
    assertThat(last).isNotNull();
    return last;
  }

  @Test
  void runRound_reloadedBetweenRounds_givesTheSameBitsAsWithoutReload() {
    var calm = replica("calm-0");
    var reloaded = replica("stormy-0");
    for (long r = 0; r < 4; r++) {
      run(calm, r);
      run(reloaded, r);
      reloaded.restart();
    }
    assertThat(last(reloaded).tokens()).isDeepEqualTo(last(calm).tokens());
    assertThat(last(reloaded).energies()).isEqualTo(last(calm).energies());
  }

  @Test
  void runRound_askedAgain_answersFromItsStateAndStoresNothing() {
    var replica = replica("again-0");
    run(replica, 0);
    RoundDone first = run(replica, 1);
    run(replica, 2);
    long stored = last(replica).round();
    assertThat(run(replica, 1).energies()).isEqualTo(first.energies());
    replica.restart();
    assertThat(run(replica, 1).energies()).isEqualTo(first.energies());
    assertThat(last(replica).round()).isEqualTo(stored);
  }

  @Test
  void runRound_beyondItsHistory_refusesInASentence() {
    var replica = replica("gap-0");
    run(replica, 0);
    TestProbe<Reply> probe = KIT.createTestProbe();
    replica.runCommand(round(5, probe));
    assertThat(probe.expectMessageClass(RoundFailed.class).sentence())
        .contains("ends at round 0")
        .contains("round 5 was asked for");
  }

  @Test
  void runReplicate_reloaded_answersFromItsState() {
    EventSourcedBehaviorTestKit<SmcProtocol.Command, SmcEvent, SmcState> smc =
        EventSourcedBehaviorTestKit.create(KIT.system(), SmcActor.create("s-0", HOST, null));
    ReplicateDone first = replicate(smc);
    smc.restart();
    ReplicateDone second = replicate(smc);
    assertThat(second.logZ()).isEqualTo(first.logZ());
    assertThat(second.energies()).isEqualTo(first.energies());
  }

  private static ReplicateDone replicate(
      EventSourcedBehaviorTestKit<SmcProtocol.Command, SmcEvent, SmcState> smc) {
    TestProbe<SmcProtocol.Reply> probe = KIT.createTestProbe();
    smc.runCommand(new RunReplicate("s", spec(), Assignment.smc(0, 1, 0, 1.2, 20), probe.ref()));
    return probe.expectMessageClass(ReplicateDone.class, Duration.ofSeconds(10));
  }
}
