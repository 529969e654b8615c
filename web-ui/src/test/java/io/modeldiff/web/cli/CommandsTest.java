package io.modeldiff.web.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code score}, {@code model} and {@code doctor} as commands, on the bundled toys. */
class CommandsTest {
  private static final Path MODELS = Path.of("..", "models").toAbsolutePath().normalize();

  @TempDir private Path folder = Path.of("");

  private static String model(String name) {
    return MODELS.resolve(name).toString();
  }

  @Test
  void score_tokensUnderTwoModels_oneScoreForEachTokenAndModel() {
    CliRun run =
        CliRun.of(
            "score",
            "--json",
            "--model",
            model("small-toy"),
            "--model",
            model("large-toy"),
            "--tokens",
            "1 2 3 4 5 6 7 2");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode models = run.json().get("results");
    assertThat(models).hasSize(2);
    for (JsonNode scored : models) {
      JsonNode text = scored.get("texts").get(0);
      assertThat(text.get("logProb")).hasSize(8);
      double sum = 0;
      for (JsonNode logProb : text.get("logProb")) {
        assertThat(logProb.asDouble()).isNegative();
        sum += logProb.asDouble();
      }
      assertThat(text.get("nll").asDouble()).isCloseTo(-sum / 8, within(1e-6));
    }
  }

  @Test
  void score_nothingToScore_isBadUsageInOneSentence() {
    CliRun run = CliRun.of("score", "--model", model("small-toy"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("--text");
  }

  @Test
  void score_tokenOutsideTheVocabulary_namesIt() {
    CliRun run = CliRun.of("score", "--model", model("small-toy"), "--tokens", "1 2 99");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("99");
  }

  @Test
  void modelShow_bundledModel_saysWhatItIs() {
    CliRun run = CliRun.of("model", "show", "--json", model("large-toy"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("architecture").asText()).isEqualTo("gpt2");
    assertThat(json.get("vocabulary").asInt()).isEqualTo(11);
    assertThat(json.get("positions").asInt()).isEqualTo(16);
    assertThat(json.get("hash").asText()).matches("[0-9a-f]{64}");
  }

  @Test
  void modelShow_unknownName_namesTheKnownOnes() {
    CliRun run = CliRun.of("model", "show", "nobody");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("'nobody'");
  }

  @Test
  void modelConvert_toSixteenBits_isAModelThatScoresNearlyTheSame() {
    String copy = folder.resolve("half").toString();
    CliRun converted =
        CliRun.of("model", "convert", model("small-toy"), "--to", "f16", "--out", copy);
    assertThat(converted.exitCode()).as(converted.err()).isZero();
    CliRun run =
        CliRun.of(
            "score", "--json", "--model", model("small-toy"), "--model", copy, "--tokens", "4 4 4");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode models = run.json().get("results");
    double full = models.get(0).get("texts").get(0).get("nll").asDouble();
    double half = models.get(1).get("texts").get(0).get("nll").asDouble();
    assertThat(half).isNotEqualTo(full).isCloseTo(full, within(0.05));

    CliRun twice = CliRun.of("model", "convert", model("small-toy"), "--to", "f16", "--out", copy);
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.err()).contains(copy);
  }

  @Test
  void modelPerturb_seeded_repeatsItself() throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    for (Path out : new Path[] {one, two}) {
      CliRun run =
          CliRun.of(
              "model",
              "perturb",
              model("small-toy"),
              "--noise",
              "0.01",
              "--seed",
              "7",
              "--out",
              out.toString());
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
    byte[] weights = Files.readAllBytes(one.resolve("model.safetensors"));
    assertThat(Files.readAllBytes(two.resolve("model.safetensors"))).isEqualTo(weights);
    assertThat(Files.readAllBytes(MODELS.resolve("small-toy/model.safetensors")))
        .isNotEqualTo(weights);
  }

  @Test
  void modelList_emptyDataDirectory_isADocument() {
    CliRun run = CliRun.of("model", "list", "--json", "--data", folder.resolve("data").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.json().get("models").isArray()).isTrue();
  }

  @Test
  void doctor_thisMachine_hasAFindingForEverythingNeeded() {
    CliRun run = CliRun.of("doctor", "--json", "--data", folder.resolve("data").toString());
    assertThat(run.exitCode()).isIn(0, 1);
    assertThat(run.json().get("findings").findValuesAsText("what"))
        .contains("java", "memory", "disk", "data", "cassandra", "models");
    if (run.exitCode() == 1) {
      assertThat(run.err()).contains("found; the advice is above");
    }
  }
}
