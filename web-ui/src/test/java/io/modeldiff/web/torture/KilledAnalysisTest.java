package io.modeldiff.web.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code corpus analyze} as a real process on a real store, killed with -9 at random moments, with
 * and without its store, and given again: what was stored is found, and the result is the same as
 * without kills.
 */
@Tag("heavy")
class KilledAnalysisTest {
  private static final long SEED = 7;
  private static final int PHRASES = 4000;
  private static final int CHUNK = 256;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  private final List<Path> used = new ArrayList<>();

  @AfterEach
  void stopWhatIsLeft() throws InterruptedException {
    for (Path data : used) {
      Optional<ProcessHandle> store = Signals.store(data);
      if (store.isPresent()) {
        Signals.kill(store.get());
      }
    }
  }

  @Test
  void analyze_killedAgainAndAgain_findsEveryStoredChunk() throws Exception {
    Random random = new Random(SEED);
    Path corpus = corpus(random);
    JsonNode calm = result(whole("calm", corpus));
    Path data = data("stormy");
    for (int kill = 0; kill < 4; kill++) {
      try (ChildProcess process = start(data, "stormy-" + kill, corpus)) {
        process.awaitNote("Analyzing", PATIENCE);
        Thread.sleep(random.nextInt(2500));
        process.kill();
      }
      if (kill % 2 == 1) {
        Signals.kill(Signals.store(data).orElseThrow());
      }
    }
    JsonNode stormy = whole("stormy", corpus);
    int found = stormy.at("/results/0/found").asInt();
    assertThat(found).as("whole chunks only, seed %d", SEED).isPositive();
    assertThat(found % CHUNK == 0 || found == PHRASES).isTrue();
    assertThat(result(stormy)).as("seed %d", SEED).isEqualTo(calm);
    System.out.printf("4 kills: %d of %d phrases found by the last run%n", found, PHRASES);
  }

  private JsonNode whole(String name, Path corpus) throws Exception {
    try (ChildProcess process = start(data(name), name + "-last", corpus)) {
      assertThat(process.awaitEnd(PATIENCE)).as(process.notes()).isTrue();
      assertThat(process.exitCode()).as(process.notes()).isZero();
      return new ObjectMapper().readTree(process.output());
    }
  }

  private static JsonNode result(JsonNode document) {
    ObjectNode copy = document.deepCopy();
    ((ObjectNode) copy.at("/results/0")).remove("found");
    return copy;
  }

  private Path data(String name) {
    Path data = folder.resolve(name);
    used.add(data);
    return data;
  }

  private ChildProcess start(Path data, String name, Path corpus) {
    return ChildProcess.start(
        folder,
        name,
        List.of(
            "corpus",
            "analyze",
            "--json",
            "--model",
            Path.of("..", "models", "mini-prose").toAbsolutePath().normalize().toString(),
            "--corpus",
            corpus.toString(),
            "--data",
            data.toString()));
  }

  private Path corpus(Random random) throws IOException {
    List<String> words =
        List.of("the", "house", "was", "old", "and", "she", "said", "nothing", "of", "it", "all");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < PHRASES; i++) {
      StringBuilder line = new StringBuilder("Phrase " + i);
      for (int w = random.nextInt(30); w >= 0; w--) {
        line.append(' ').append(words.get(random.nextInt(words.size())));
      }
      lines.add(line.toString());
    }
    return Files.write(folder.resolve("corpus.txt"), lines);
  }
}
