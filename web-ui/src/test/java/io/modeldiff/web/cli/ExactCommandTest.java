package io.modeldiff.web.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code modeldiff exact} as a person meets it, on the bundled toys. */
class ExactCommandTest {
  private static final Path MODELS = Path.of("..", "models").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");
  private Path small = Path.of("");

  @BeforeEach
  void paths() {
    small = MODELS.resolve("small-toy");
  }

  private CliRun exact(String... more) {
    return exact(small, folder.resolve("data"), more);
  }

  private static CliRun exact(Path a, Path data, String... more) {
    List<String> args = new ArrayList<>(List.of("exact", "--json"));
    args.addAll(List.of("--a", a.toString(), "--b", MODELS.resolve("large-toy").toString()));
    args.addAll(List.of("--data", data.toString(), "--prefix", "bos"));
    args.addAll(List.of(more));
    return CliRun.of(args.toArray(String[]::new));
  }

  private static void refused(CliRun run, int code, String... words) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(words).doesNotContain("Exception");
  }

  @Test
  void exact_threeDigits_countsAllSequencesOnceAndKeepsTheAnswer() {
    String[] question = {"--length", "3", "--z", "1.5:2.5", "--allow", "0-9"};
    CliRun first = exact(question);
    assertThat(first.exitCode()).as(first.err()).isZero();
    JsonNode json = first.json();
    assertThat(json.get("sequences").asLong()).isEqualTo(1000);
    assertThat(json.get("kept").asBoolean()).isFalse();
    assertThat(json.get("sumProbabilityA").asDouble()).isCloseTo(1, within(1e-5));
    long terms = json.get("pdAB").asLong() + json.get("paAB").asLong();
    assertThat(terms + json.get("tiesAB").asLong()).isEqualTo(json.get("countA").asLong());

    CliRun second = exact(question);
    assertThat(second.exitCode()).isZero();
    assertThat(second.err()).contains("enumerated on").contains("kept").contains("--again");
    assertThat(second.json().get("kept").asBoolean()).isTrue();
    assertThat(answer(second)).isEqualTo(answer(first));

    CliRun other = exact("--length", "3", "--z", "1.5:2.6", "--allow", "0-9");
    assertThat(other.json().get("kept").asBoolean()).as("another Z, another question").isFalse();
    List<String> again = new ArrayList<>(List.of(question));
    again.add("--again");
    CliRun third = exact(again.toArray(String[]::new));
    assertThat(third.json().get("kept").asBoolean()).isFalse();
    assertThat(third.json().get("countA")).isEqualTo(json.get("countA"));
  }

  private static JsonNode answer(CliRun run) {
    return ((ObjectNode) run.json()).without("kept");
  }

  @Test
  void exact_damagedKeptAnswer_saysWhatToDo() throws IOException {
    String[] question = {"--length", "2", "--z", "1.5:2.5", "--allow", "0-9"};
    exact(question);
    Path kept;
    try (Stream<Path> files = Files.list(folder.resolve("data/exact"))) {
      kept = files.findFirst().orElseThrow();
    }
    Files.writeString(kept, Files.readString(kept).substring(0, 100));
    refused(exact(question), 1, kept.toString(), "damaged", "--again");
  }

  @Test
  void exact_dataDirectoryThatCannotBeWritten_answersAndSaysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no directory");
    CliRun run =
        exact(small, file.resolve("data"), "--length", "2", "--z", "1.5:2.5", "--allow", "0-9");
    assertThat(run.exitCode()).isZero();
    assertThat(run.json().get("sequences").asLong()).isEqualTo(100);
    assertThat(run.err()).contains("could not be kept in").contains(file.toString());
  }

  @Test
  void exact_oneDigit_countsTen() {
    CliRun run = exact("--length", "1", "--z", "0:20", "--allow", "0-9");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.json().get("countA").asLong()).isEqualTo(10);
    assertThat(run.json().get("countAB").asLong()).isEqualTo(10);
  }

  @Test
  void exact_rangeThatNoSequenceReaches_countsNoneAndGivesNoRatio() {
    CliRun run = exact("--length", "3", "--z", "100:101", "--allow", "0-9");
    assertThat(run.exitCode()).isZero();
    assertThat(run.json().get("countA").asLong()).isZero();
    run.json().get("ratio").forEach(r -> assertThat(r.isNull()).isTrue());
    assertThat(run.out()).doesNotContain("NaN");
  }

  @Test
  void exact_tooManySequences_namesTheirNumber() {
    refused(
        exact("--length", "12", "--z", "1:2", "--allow", "all"),
        2,
        "11^12 = 3138428376721",
        "--force");
  }

  @Test
  void exact_rangeUpsideDown_saysWhatZIs() {
    refused(exact("--length", "3", "--z", "2:1", "--allow", "0-9"), 2, "LO:HI", "2.0:1.0");
    refused(exact("--length", "3", "--z", "2:2", "--allow", "0-9"), 2, "LO < HI");
    refused(exact("--length", "3", "--z", "2", "--allow", "0-9"), 2, "LO:HI", "'2'");
  }

  @Test
  void exact_lengthBeyondThePositions_namesThem() {
    refused(exact("--length", "17", "--z", "1:2", "--allow", "0,1"), 2, "N = 17", "16", "--length");
    refused(exact("--length", "0", "--z", "1:2", "--allow", "0-9"), 2, "at least 1");
  }

  @Test
  void exact_missingModel_namesIt() {
    Path gone = folder.resolve("gone");
    refused(
        exact(gone, folder.resolve("data"), "--length", "3", "--z", "1:2", "--allow", "0-9"),
        2,
        gone.toString(),
        "directory");
  }

  @Test
  void exact_missingOrBrokenWeights_nameTheFile() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (Stream<Path> files = Files.list(small)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path weights = copy.resolve("model.safetensors");
    String[] question = {"--length", "3", "--z", "1:2", "--allow", "0-9"};
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.write(new byte[] {-1, -1, -1, -1, -1, -1, -1, 127});
    }
    refused(exact(copy, folder.resolve("data"), question), 2, weights.toString());
    Files.delete(weights);
    refused(exact(copy, folder.resolve("data"), question), 2, "model.safetensors");
  }
}
