package io.modeldiff.replica.cluster;

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

/**
 * Events as a released version stored them, one per line: persistence id, serializer id, manifest,
 * bytes in Base64. Files of released versions are never written again, only read by every later
 * build; {@link #main} writes that of a new version.
 *
 * @param history persistence id
 */
record GoldenHistory(String history, int serializer, String manifest, byte[] bytes) {
  /** The events in a file of one version, in the order of their histories. */
  static List<GoldenHistory> of(String version, String name) {
    String file = "/golden/" + version + "/" + name + ".txt";
    try (InputStream in = GoldenHistory.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no golden history " + file);
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

  /** Writes the files of this version: {@code main DIRECTORY}. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    try (WriteSide side = WriteSide.start()) {
      write(side, directory.resolve("events.txt"), GoldenRun.completed(side));
      write(side, directory.resolve("ended.txt"), GoldenRun.ended(side));
      write(side, directory.resolve("annotation.txt"), GoldenRun.annotation(side));
    }
  }

  private static void write(WriteSide side, Path file, List<String> histories) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String history : histories) {
      CampaignLifeTest.history(side, history, Object.class)
          .forEach(event -> lines.add(stored(side.kit.system(), history, event).line()));
    }
    Files.write(file, lines);
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
}
