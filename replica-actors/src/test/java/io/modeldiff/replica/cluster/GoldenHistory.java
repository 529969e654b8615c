package io.modeldiff.replica.cluster;

import static io.modeldiff.replica.cluster.WriteSide.await;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.registry.RegistryEvent.CorpusRegistered;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.replica.comparison.ComparisonStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Events as a released version stored them, one per line: persistence id, serializer id, manifest,
 * bytes in Base64. Files of released versions are never written again, only read by every later
 * build; {@link #main} writes that of a new version.
 *
 * @param history persistence id
 */
record GoldenHistory(String history, int serializer, String manifest, byte[] bytes) {
  /** The events of one version, in the order of their histories. */
  static List<GoldenHistory> of(String version) {
    try (InputStream in =
        GoldenHistory.class.getResourceAsStream("/golden/" + version + "/events.txt")) {
      if (in == null) {
        throw new IllegalStateException("there is no golden history of " + version);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(GoldenHistory::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenHistory parse(String line) {
    String[] parts = line.split("\t", -1);
    return new GoldenHistory(
        parts[0], Integer.parseInt(parts[1]), parts[2], Base64.getDecoder().decode(parts[3]));
  }

  /** The event as this build reads it. */
  Object read(ActorSystem<?> system) {
    return SerializationExtension.get(system).deserialize(bytes, serializer, manifest).get();
  }

  private String line() {
    return history
        + "\t"
        + serializer
        + "\t"
        + manifest
        + "\t"
        + Base64.getEncoder().encodeToString(bytes);
  }

  /** Writes the histories of a small run with everything in it: {@code main FILE}. */
  public static void main(String[] args) throws IOException {
    try (WriteSide side = WriteSide.start()) {
      List<GoldenHistory> all = new ArrayList<>();
      for (String history : run(side)) {
        CampaignLifeTest.history(side, history, Object.class)
            .forEach(event -> all.add(stored(side.kit.system(), history, event)));
      }
      Files.createDirectories(Path.of(args[0]).getParent());
      Files.write(Path.of(args[0]), all.stream().map(GoldenHistory::line).toList());
    }
  }

  private static GoldenHistory stored(ActorSystem<?> system, String history, Object event) {
    Serialization serialization = SerializationExtension.get(system);
    var serializer = serialization.findSerializerFor(event);
    return new GoldenHistory(
        history,
        serializer.identifier(),
        Serializers.manifestFor(serializer, event),
        serialization.serialize(event).get());
  }

  private static List<String> run(WriteSide side) {
    CampaignSpec a = WriteSide.small(31).ladder().lanes(8).evaluations(9000).build();
    CampaignSpec b = WriteSide.small(32).lanes(8).evaluations(300).build();
    String idA = CampaignSpecs.id(a);
    String idB = CampaignSpecs.id(b);
    var campaigns = side.replicas.campaigns();
    await(campaigns.start(a, Cause.now("ada", "first")));
    await(campaigns.pause(idA, Cause.now("ada", "wait")));
    await(campaigns.resume(idA, Cause.now("ada", "go")));
    await(campaigns.startClone(b, idA, Cause.now("ada", "the other model")));
    CampaignLifeTest.untilEnd(side, idA);
    CampaignLifeTest.untilEnd(side, idB);
    await(campaigns.extend(idB, 400, 0.05, Cause.now("ben", "more")));
    CampaignLifeTest.untilEnd(side, idB);
    ComparisonSpec comparison = Comparisons.spec(List.of(a, b), 0.1, 0.05, null, 0.1);
    await(side.replicas.comparisons().start(comparison, Cause.now("ada", "compare")));
    await(
        side.replicas
            .comparisons()
            .watch(comparison.id())
            .filter(v -> v.status() == ComparisonStatus.COMPLETED)
            .runWith(Sink.head(), side.kit.system()));
    register(side);
    return histories(side, idA, idB, comparison.id());
  }

  private static void register(WriteSide side) {
    var registry = side.replicas.registry();
    Cause cause = Cause.now("ada", "register");
    await(
        registry.register(
            new ModelRegistered("m", "/models/m", "ab", "gpt2", "causal", 10, 64, 1000, cause)));
    await(registry.register(new CorpusRegistered("c", "/corpora/c", "cd", 12, cause)));
  }

  private static List<String> histories(WriteSide side, String a, String b, String comparison) {
    List<String> names = new ArrayList<>();
    names.add(Histories.campaign(a));
    names.add(Histories.campaign(b));
    long replicates =
        CampaignLifeTest.history(side, Histories.campaign(a), CampaignEvent.class).stream()
            .filter(SmcReplicateClosed.class::isInstance)
            .count();
    names.add(Histories.replica(b, 0));
    names.add(Histories.replica(b, 1));
    names.add(Histories.smc(a, (int) replicates - 1));
    names.add(Histories.comparison(comparison));
    names.add(Histories.registry());
    return names;
  }
}
