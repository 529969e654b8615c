package io.modeldiff.replica.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.registry.RegistryEvent;
import io.modeldiff.replica.campaign.CampaignReplay;
import io.modeldiff.replica.campaign.CampaignState;
import io.modeldiff.replica.campaign.CampaignStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What earlier versions stored is read by this one, and what newer ones add is skipped. */
class GoldenHistoryTest {
  private static final String VERSION = "0.1.0";
  private static final ActorTestKit KIT = ActorTestKit.create("golden", WriteSide.config());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static List<Object> read(String file) {
    return GoldenHistory.of(VERSION, file).stream().map(g -> g.read(KIT.system())).toList();
  }

  private static List<Object> events(String type) {
    return GoldenHistory.of(VERSION, "events").stream()
        .filter(g -> g.history().startsWith(type + "|"))
        .map(g -> g.read(KIT.system()))
        .toList();
  }

  private static CampaignSpec specOf(List<CampaignEvent> events) {
    return ((CampaignEvent.CampaignStarted) events.get(0)).spec();
  }

  @Test
  void read_everyCampaignEventOfAnOlderVersion_replaysToItsState() {
    List<GoldenHistory> golden = GoldenHistory.of(VERSION, "events");
    for (String history : new TreeSet<>(golden.stream().map(GoldenHistory::history).toList())) {
      if (history.startsWith("campaign|")) {
        List<CampaignEvent> events =
            golden.stream()
                .filter(g -> g.history().equals(history))
                .map(g -> (CampaignEvent) g.read(KIT.system()))
                .toList();
        var state = CampaignReplay.of(events);
        assertThat(state.status()).isEqualTo(CampaignStatus.COMPLETED);
        // Random streams are those that it began with.
        assertThat(specOf(events).streamSeed()).isEqualTo(specOf(events).seed());
        assertThat(state.stoppedBy()).isEqualTo(StopReason.BUDGET);
        assertThat(state.course().nextRound())
            .isEqualTo(events.stream().filter(RoundClosed.class::isInstance).count());
      }
    }
    assertThat(
            Stream.concat(events("campaign").stream(), read("ended").stream())
                .map(Object::getClass)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(CampaignEvent.class.getPermittedSubclasses());
  }

  @Test
  void snapshot_ofEveryStateOnTheWay_comesBackEqual() {
    ObjectMapper json = new ObjectMapper().findAndRegisterModules();
    var serialization = SerializationExtension.get(KIT.system());
    List<CampaignEvent> events =
        GoldenHistory.of(VERSION, "events").stream()
            .filter(g -> g.history().startsWith("campaign|c288071e40679"))
            .map(g -> (CampaignEvent) g.read(KIT.system()))
            .toList();
    for (CampaignState state : CampaignReplay.statesOf(events)) {
      var serializer = serialization.findSerializerFor(state);
      Object back =
          serialization
              .deserialize(
                  serialization.serialize(state).get(),
                  serializer.identifier(),
                  Serializers.manifestFor(serializer, state))
              .get();
      assertThat(json.valueToTree(back).toString()).isEqualTo(json.valueToTree(state).toString());
    }
  }

  @Test
  void read_campaignsThatEndedOtherwise_replaysToTheirStates() {
    Map<String, List<CampaignEvent>> histories =
        GoldenHistory.of(VERSION, "ended").stream()
            .collect(
                Collectors.groupingBy(
                    GoldenHistory::history,
                    Collectors.mapping(
                        g -> (CampaignEvent) g.read(KIT.system()), Collectors.toList())));
    assertThat(histories.values())
        .extracting(events -> CampaignReplay.of(events).status())
        .containsExactlyInAnyOrder(CampaignStatus.CANCELLED, CampaignStatus.FAILED);
  }

  @Test
  void read_everyAnnotationEventOfAnOlderVersion_replaysToItsProject() {
    AnnotationProject project = AnnotationProject.none("golden");
    Set<Class<?>> kinds = new HashSet<>();
    for (Object event : read("annotation")) {
      project = project.apply((AnnotationEvent) event);
      kinds.add(event.getClass());
    }
    Set<Class<?>> all = new HashSet<>(List.of(AnnotationEvent.class.getPermittedSubclasses()));
    all.remove(AnnotationEvent.ItemEvent.class);
    all.addAll(List.of(AnnotationEvent.ItemEvent.class.getPermittedSubclasses()));
    all.remove(AnnotationEvent.LateAnswerCounted.class); // takes a lease's end to happen
    assertThat(kinds).isEqualTo(all);
    assertThat(project.items()).hasSize(4);
    assertThat(project.guidelines()).hasSize(2);
  }

  @Test
  void read_otherEventsOfAnOlderVersion_givesTheirTypes() {
    assertThat(events("replica")).hasOnlyElementsOfType(ReplicaAdvanced.class).isNotEmpty();
    assertThat(events("comparison")).hasOnlyElementsOfType(ComparisonEvent.class).isNotEmpty();
    assertThat(events("registry")).hasOnlyElementsOfType(RegistryEvent.class).hasSize(5);
    assertThat(events("smc")).hasSize(1);
  }

  @Test
  void read_fieldsOfANewerVersion_skipsThem() throws IOException {
    ObjectMapper cbor = new ObjectMapper(new CBORFactory());
    List<GoldenHistory> all = new ArrayList<>(GoldenHistory.of(VERSION, "events"));
    all.addAll(GoldenHistory.of(VERSION, "ended"));
    all.addAll(GoldenHistory.of(VERSION, "annotation"));
    for (GoldenHistory golden : all) {
      ObjectNode tree = (ObjectNode) cbor.readTree(golden.bytes());
      tree.put("addedLater", "something");
      GoldenHistory newer =
          new GoldenHistory(
              golden.history(),
              golden.serializer(),
              golden.manifest(),
              cbor.writeValueAsBytes(tree));
      assertThat(newer.read(KIT.system())).hasSameClassAs(golden.read(KIT.system()));
    }
  }
}
