package io.modeldiff.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.registry.RegistryEvent;
import io.modeldiff.core.registry.RegistryEvent.CorpusAnalyzed;
import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.BundledDemo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code corpus ... --server}: the work of a running platform, the documents of these commands. */
@ExtendWith(LivePlatform.Shared.class)
class RemoteCorpusTest {
  private static final String NAME = "remote-phrases";
  private static final String ANALYZED = "analyzed-phrases";
  private static final String TEXTS =
      "Once there was a king.\n"
          + "return a + b;\n"
          + "no no no no no no no no no no no no no no no no no no\n"
          + "Once there was a king.\n"
          + "Two and two is four.\n";

  @TempDir private Path folder = Path.of("");

  private static void register(LivePlatform.Front front) {
    register(front, NAME, TEXTS);
  }

  private static void register(LivePlatform.Front front, String name, String texts) {
    BundledDemo.register(front.services(), Caller.local());
    front.services().corpora().add(name, texts, Caller.local());
  }

  private static CliRun run(LivePlatform.Front front, String... command) {
    String[] all = new String[command.length + 3];
    all[0] = "corpus";
    System.arraycopy(command, 0, all, 1, command.length);
    all[command.length + 1] = "--server";
    all[command.length + 2] = front.routes();
    return CliRun.of(all);
  }

  private static JsonNode document(LivePlatform.Front front, String... command) {
    CliRun run = run(front, command);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.json();
  }

  @Test
  void analyzeCompareAndTop_onAServer_sayTheSameOfTheCorpus(LivePlatform platform) {
    try (LivePlatform.Front front = platform.front()) {
      register(front, ANALYZED, "She was four.\n" + TEXTS);
      JsonNode analysis =
          document(
              front,
              ("analyze --json --model mini-prose --model mini-code --corpus " + ANALYZED)
                  .split(" "));
      JsonNode first = analysis.get("results").get(0);
      assertThat(first.get("model").asText()).isEqualTo("mini-prose");
      assertThat(first.get("phrases").asInt()).isEqualTo(6);
      assertThat(first.get("found").asInt()).isZero();
      String pair = " --json --a mini-prose --b mini-code --measure avg_surprisal_diff --corpus ";
      JsonNode compared =
          document(front, ("compare --divergences --k 2" + pair + ANALYZED).split(" "));
      double difference =
          first.get("meanNll").asDouble() - analysis.at("/results/1/meanNll").asDouble();
      JsonNode surprisal = measure(compared, "avg_surprisal_diff");
      assertThat(surprisal.at("/means/mean").asDouble())
          .isCloseTo(-difference, org.assertj.core.api.Assertions.within(1e-5));
      assertThat(measure(compared, "avg_js").at("/means/mean").asDouble()).isPositive();
      JsonNode top = document(front, ("top --k 2" + pair + ANALYZED).split(" "));
      for (int i = 0; i < 2; i++) {
        JsonNode phrase = top.get("results").get(i);
        assertThat(phrase.get("text")).isEqualTo(compared.at("/top/" + i + "/text"));
        assertThat(phrase.get("value")).isEqualTo(compared.at("/top/" + i + "/value"));
        // The measures stand in the order in which they are worked out.
        assertThat(phrase.get("metrics").fieldNames().next()).isEqualTo("avg_rank_diff");
      }
      assertThat(whoAnalyzed(platform)).containsExactlyInAnyOrder("local", "local");
    }
  }

  private static JsonNode measure(JsonNode compared, String id) {
    for (JsonNode mean : compared.get("measures")) {
      if (mean.get("id").asText().equals(id)) {
        return mean;
      }
    }
    throw new AssertionError("no " + id);
  }

  private static List<String> whoAnalyzed(LivePlatform platform) {
    return RunningPlatform.await(
        new JournalReader(platform.system())
            .current(Histories.registry(), 1, Long.MAX_VALUE, RegistryEvent.class)
            .map(Pair::second)
            .filter(e -> e instanceof CorpusAnalyzed a && a.corpus().equals(ANALYZED))
            .map(e -> ((CorpusAnalyzed) e).cause().who())
            .runWith(Sink.seq(), platform.system()));
  }

  @Test
  void errorsAndGenerate_onAServer_giveWhatTheyGiveHere(LivePlatform platform) throws Exception {
    try (LivePlatform.Front front = platform.front()) {
      register(front);
      Path file = Files.writeString(folder.resolve(NAME + ".txt"), TEXTS);
      JsonNode errors = document(front, "errors", "--json", "--corpus", NAME);
      assertThat(errors.get("errors")).hasSize(2);
      assertThat(errors)
          .isEqualTo(CliRun.of("corpus", "errors", "--json", "--corpus", file.toString()).json());
      Path there = folder.resolve("there");
      Path here = folder.resolve("here");
      String[] generate = "generate --count 5 --length 6 --seed 3 --output".split(" ");
      assertThat(run(front, with(generate, there.toString(), "--model", "mini-prose")).exitCode())
          .isZero();
      String model = Path.of("..", "models", "mini-prose").toString();
      String[] local = with(generate, here.toString(), "--model", model);
      assertThat(CliRun.of(with(new String[] {"corpus"}, local)).exitCode()).isZero();
      assertThat(Files.readString(there).replace("mini-prose", model))
          .isEqualTo(Files.readString(here));
    }
  }

  private static String[] with(String[] some, String... more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  @Test
  void unknownThings_onAServer_areBadInputInOneSentence(LivePlatform platform) {
    try (LivePlatform.Front front = platform.front()) {
      register(front);
      refused(run(front, "errors", "--corpus", "nope"), "no corpus 'nope'");
      refused(run(front, "analyze", "--model", "nope", "--corpus", NAME), "no model 'nope'");
      String pair = "--a mini-prose --b mini-code --corpus " + NAME + " ";
      refused(run(front, ("compare " + pair + "--by who").split(" ")), "no column 'who'");
      refused(run(front, ("compare " + pair + "--dtype f16").split(" ")), "--dtype");
      refused(
          run(
              front,
              ("generate --model mini-prose --count 2 --length 9999 --output " + folder + "/x")
                  .split(" ")),
          "128 positions");
    }
  }

  private static void refused(CliRun run, String words) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().filter(l -> l.startsWith("modeldiff: ")).toList())
        .singleElement()
        .asString()
        .contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "http://", "ftp://127.0.0.1", "http://a b"})
  void serverThatIsNoUrl_isBadInput(String url) {
    refused(
        CliRun.of("corpus", "errors", "--corpus", "x", "--server", url), "--server must be a URL");
  }

  @Test
  void noPlatformAtTheUrl_failsInOneSentence() {
    CliRun run = CliRun.of("corpus", "errors", "--corpus", "x", "--server", "http://127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("No platform answers");
  }
}
