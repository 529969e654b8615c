package io.modeldiff.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.service.BundledDemo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code score --diff --server}: the models of a running platform, the output of this command. */
@ExtendWith(LivePlatform.Shared.class)
class RemoteScoreTest {
  private static final Path MODELS = Path.of("..", "models");

  @TempDir private Path folder = Path.of("");

  private CliRun here(List<String> models, String... rest) {
    return run(models.stream().map(m -> MODELS.resolve(m).toString()).toList(), rest);
  }

  private CliRun there(LivePlatform.Front front, List<String> models, String... rest) {
    List<String> more = new ArrayList<>(List.of(rest));
    more.addAll(List.of("--server", front.routes()));
    return run(models, more.toArray(new String[0]));
  }

  private CliRun run(List<String> models, String... rest) {
    List<String> all = new ArrayList<>(List.of("score", "--data", folder.toString()));
    models.forEach(m -> all.addAll(List.of("--model", m)));
    all.addAll(Arrays.asList(rest));
    return CliRun.of(all.toArray(new String[0]));
  }

  private static String worked(CliRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private JsonNode same(LivePlatform.Front front, List<String> models, String... texts) {
    String[] json = Arrays.copyOf(texts, texts.length + 1);
    json[texts.length] = "--json";
    CliRun remote = there(front, models, json);
    assertThat(worked(remote))
        .isEqualTo(worked(here(models, json)).replace(MODELS.toString() + "/", ""));
    assertThat(worked(there(front, models, texts))).isEqualTo(worked(here(models, texts)));
    return remote.json();
  }

  @Test
  void diff_onAServer_printsWhatItPrintsHere(LivePlatform platform) throws Exception {
    Path file = Files.writeString(folder.resolve("texts"), "return a + b;\nÉté\t€ 3.\n");
    try (LivePlatform.Front front = platform.front()) {
      BundledDemo.register(front.services(), Caller.local());
      // The first text is longer than the context, so that it is scored in windows.
      JsonNode found =
          same(
              front,
              List.of("mini-prose", "mini-code"),
              "--diff",
              "--text",
              "Once there was a king. ".repeat(20),
              "--file",
              file.toString());
      assertThat(found.get("m2").asText()).isEqualTo("mini-code");
      assertThat(found.get("results")).hasSize(3);
      JsonNode first = found.at("/results/0");
      assertThat(first.at("/m1/windows").size()).isGreaterThan(1);
      assertThat(first.get("divergences")).hasSize(first.at("/diff/surprisal").size());
      assertThat(first.at("/divergences/0/js").asDouble()).isPositive();
    }
  }

  @Test
  void diff_ofOtherTokenizersOnAServer_hasTheSpansInBits(LivePlatform platform) {
    try (LivePlatform.Front front = platform.front()) {
      BundledDemo.register(front.services(), Caller.local());
      JsonNode found =
          same(front, List.of("small-toy", "mini-code"), "--diff", "--text", "12345678");
      assertThat(found.at("/results/0/comparability/sameTokens").asBoolean()).isFalse();
      assertThat(found.at("/results/0/segments/0/bits1").asDouble()).isPositive();
      assertThat(found.at("/results/0").has("diff")).isFalse();
    }
  }

  @Test
  void mistakes_onAServer_areBadInputInOneSentence(LivePlatform platform) {
    List<String> pair = List.of("mini-prose", "mini-code");
    try (LivePlatform.Front front = platform.front()) {
      BundledDemo.register(front.services(), Caller.local());
      refused(
          there(front, List.of("mini-prose", "nope"), "--diff", "--text", "x"), "no model 'nope'");
      refused(there(front, pair, "--diff", "--text", ""), "--text '' is empty");
      refused(there(front, pair, "--diff", "--text", "x".repeat(100_001)), "100001 characters");
      refused(there(front, pair, "--diff", "--text", "x", "--dtype", "f16"), "--dtype");
      refused(there(front, pair, "--diff", "--file", folder + "/none"), "no file");
      refused(there(front, pair, "--text", "x"), "--server goes with --diff");
    }
  }

  private static void refused(CliRun run, String words) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains(words);
  }
}
