package io.modeldiff.analysis.lmdiff.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.modeldiff.analysis.lmdiff.ReferencePairs;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisCacheFileTest {
  @TempDir Path folder;

  @Test
  void open_originalsFile_equalsItsDump() throws IOException {
    Path path = ReferencePairs.FAR.cache("lm_a");
    JsonNode dump = new ObjectMapper().readTree(Path.of(path + ".json").toFile());
    try (AnalysisCacheFile cache = AnalysisCacheFile.open(path)) {
      assertThat(cache.header().datasetName()).isEqualTo(dump.at("/attrs/dataset_name").asText());
      assertThat(cache.header().vocabHash()).isEqualTo(dump.at("/attrs/vocab_hash").asText());
      assertThat(cache.vocabulary()).hasSize(dump.get("vocabulary").size());
      assertThat(cache.vocabulary().get(300)).isEqualTo(dump.get("vocabulary").get(300).asText());
      assertThat(cache.size()).isEqualTo(60);
      JsonNode phrases = dump.has("phrases") ? dump.get("phrases") : dump.get("groups");
      for (int i = 0; i < cache.size(); i++) {
        JsonNode expected =
            phrases.isArray() ? phrases.get(i) : phrases.get(AnalysisCacheFile.key(i));
        PhraseScores phrase = cache.get(i);
        assertThat(phrase.phrase()).isEqualTo(expected.get("phrase").asText());
        assertThat(phrase.ids()).isEqualTo(ints(expected.get("token_ids")));
        assertThat(phrase.ranks()).isEqualTo(ints(expected.get("ranks")));
        assertThat(phrase.topIds()).isEqualTo(ints(expected.get("topk_token_ids")));
        assertThat(phrase.probs()).isEqualTo(floats(expected.get("probs")));
        assertThat(phrase.topProbs()).isEqualTo(floats(expected.get("topk_probs")));
      }
    }
  }

  @Test
  void write_whatWasRead_isReadBackEqualWithTheOriginalsTypes() throws IOException {
    Path copy = folder.resolve("copy.h5");
    try (AnalysisCacheFile original = AnalysisCacheFile.open(ReferencePairs.FAR.cache("lm_a"))) {
      try (AnalysisCacheWriter writer =
          new AnalysisCacheWriter(copy, original.header(), original.vocabulary())) {
        for (int i = 0; i < original.size(); i++) {
          writer.add(original.get(i));
        }
        writer.finish();
      }
      try (AnalysisCacheFile again = AnalysisCacheFile.open(copy)) {
        assertThat(again.header()).isEqualTo(original.header());
        assertThat(again.vocabulary()).isEqualTo(original.vocabulary());
        assertThat(again.size()).isEqualTo(original.size());
        for (int i = 0; i < original.size(); i++) {
          assertThat(again.get(i)).usingRecursiveComparison().isEqualTo(original.get(i));
        }
      }
    }
    assertThat(types(copy)).isEqualTo(types(ReferencePairs.FAR.cache("lm_a")));
    assertThat(folder.toFile().list()).containsExactly("copy.h5");
  }

  @Test
  void write_manyPhrasesAndLongTexts_everyGroupIsFound() throws IOException {
    Path file = folder.resolve("many.h5");
    int count = 5000;
    try (AnalysisCacheFile original = AnalysisCacheFile.open(ReferencePairs.FAR.cache("lm_a"));
        AnalysisCacheWriter writer =
            new AnalysisCacheWriter(file, original.header(), List.of("a", "", "🚀"))) {
      for (int i = 0; i < count; i++) {
        writer.add(
            i == 17
                ? new PhraseScores(
                    "x".repeat(200_000),
                    0,
                    new int[0],
                    new int[0],
                    new float[0],
                    new float[0],
                    0,
                    new int[0],
                    new float[0],
                    java.util.Optional.empty())
                : original.get(i % 60));
      }
      writer.finish();
      try (AnalysisCacheFile again = AnalysisCacheFile.open(file)) {
        assertThat(again.size()).isEqualTo(count);
        assertThat(again.vocabulary()).containsExactly("a", "", "🚀");
        assertThat(again.get(17).phrase()).hasSize(200_000);
        assertThat(again.get(17).length()).isZero();
        for (int i : new int[] {0, 7, 8, 255, 256, 4095, 4999}) {
          assertThat(again.get(i)).usingRecursiveComparison().isEqualTo(original.get(i % 60));
        }
      }
    }
  }

  @Test
  void open_notHdf5_isOneSentence() throws IOException {
    Path text = Files.writeString(folder.resolve("plain.h5"), "not hdf5 at all");
    assertThatThrownBy(() -> AnalysisCacheFile.open(text))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("plain.h5");
    assertThatThrownBy(() -> AnalysisCacheFile.open(folder.resolve("none.h5")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.h5");
  }

  private static List<String> types(Path path) {
    List<String> types = new ArrayList<>();
    try (HdfFile file = new HdfFile(path)) {
      file.getAttributes()
          .forEach((name, a) -> types.add(name + " " + a.getJavaType() + " " + a.isScalar()));
      for (String name :
          List.of(
              "vocabulary",
              "000000000000000/ranks",
              "000000000000000/probs",
              "000000000000000/token_ids",
              "000000000000000/topk_probs",
              "000000000000000/topk_token_ids")) {
        Dataset d = (Dataset) file.getByPath(name);
        types.add(
            name
                + " "
                + d.getDataType().getDataClass()
                + " "
                + d.getDataType().getSize()
                + " "
                + d.isVariableLength()
                + " "
                + d.getJavaType()
                + " "
                + java.util.Arrays.toString(d.getDimensions())
                + d.getDataLayout());
      }
    }
    return types;
  }

  private static int[] ints(JsonNode node) {
    List<Integer> all = new ArrayList<>();
    flatten(node).forEach(n -> all.add(n.intValue()));
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  private static float[] floats(JsonNode node) {
    List<JsonNode> all = flatten(node);
    float[] values = new float[all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(all.get(i).asText());
    }
    return values;
  }

  private static List<JsonNode> flatten(JsonNode node) {
    List<JsonNode> all = new ArrayList<>();
    node.forEach(n -> all.addAll(n.isArray() ? flatten(n) : List.of(n)));
    return all;
  }
}
