package io.modeldiff.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.web.cli.console.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of ten thousand lines, sent to a real process. */
@Tag("heavy")
class InterruptedScoreTest {
  private static final int LINES = 10_000;
  private static final List<String> WORDS =
      List.of("the", "cat", "sat", "on", "a", "mat", "and", "saw", "two", "birds", "at", "noon");

  @TempDir private Path temp;

  @Test
  void score_interruptedWithJson_leavesOneValidDocumentOfWholeTexts() throws Exception {
    List<String> lines = lines();
    Ended ended = interrupted(lines, "--json");
    JsonNode document =
        new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readTree(ended.out());
    assertThat(document.get("complete").booleanValue()).isFalse();
    JsonNode texts = document.at("/results/0/texts");
    assertThat(texts.size()).isBetween(1, LINES - 1);
    for (int i = 0; i < texts.size(); i++) {
      JsonNode text = texts.get(i);
      assertThat(text.get("text").textValue()).isEqualTo(lines.get(i));
      assertThat(text.get("logProb")).hasSameSizeAs(text.get("tokenIds"));
      assertThat(text.get("nll").doubleValue()).isPositive();
    }
  }

  @Test
  void score_interruptedWithoutJson_leavesWholeLines() throws Exception {
    List<String> lines = lines();
    Ended ended = interrupted(lines);
    assertThat(ended.out()).startsWith("# mini-prose").endsWith("\n");
    List<String> results = ended.out().lines().skip(1).toList();
    assertThat(results).hasSizeBetween(1, LINES - 1);
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i)).matches("\\d+\\.\\d{6}\t\\d+\t" + lines.get(i));
    }
  }

  private record Ended(String out, String err) {}

  /** Interrupts once the first results are out; the exit code and the last word are checked. */
  private Ended interrupted(List<String> lines, String... options) throws Exception {
    Path file = Files.write(temp.resolve("lines.txt"), lines);
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    Process process = start(file, out, err, options);
    try {
      for (int i = 0; i < 1200 && process.isAlive() && Files.size(out) < 20_000; i++) {
        Thread.sleep(100);
      }
      assertThat(process.isAlive()).as("still scoring; stderr: " + Files.readString(err)).isTrue();
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    Ended ended = new Ended(Files.readString(out), Files.readString(err));
    assertThat(process.exitValue()).isEqualTo(StopSignal.EXIT_CODE);
    assertThat(ended.err()).endsWith("modeldiff: Stopped.\n").contains("texts");
    return ended;
  }

  private Process start(Path file, Path out, Path err, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dmodeldiff.home=" + Path.of("..").toAbsolutePath().normalize(),
                // The program's own logging, not the tests'.
                "-Dlogback.configurationFile=logback.xml",
                "-Dmodeldiff.logs=" + temp,
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "score",
                "--model",
                "mini-prose",
                "--file",
                file.toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }

  private static List<String> lines() {
    SplittableRandom random = new SplittableRandom(1);
    return random
        .ints(LINES, 5, 20)
        .mapToObj(
            n ->
                random
                    .ints(n, 0, WORDS.size())
                    .mapToObj(WORDS::get)
                    .collect(Collectors.joining(" ")))
        .toList();
  }
}
