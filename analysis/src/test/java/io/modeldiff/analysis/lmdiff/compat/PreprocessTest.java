package io.modeldiff.analysis.lmdiff.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.lmdiff.ReferencePairs;
import io.modeldiff.analysis.lmdiff.ReferencePairs.Pair;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheFile;
import io.modeldiff.analysis.lmdiff.format.ComparisonCsv;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.work.WorkMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreprocessTest {
  private static final Preprocess.Source NEVER =
      new Preprocess.Source() {
        @Override
        public Map<String, Integer> vocabulary() {
          throw new AssertionError("nothing is left to score");
        }

        @Override
        public LanguageModel load() {
          throw new AssertionError("nothing is left to score");
        }
      };

  @TempDir Path folder;

  private record Directory(Path path) implements Preprocess.Source {
    @Override
    public Map<String, Integer> vocabulary() {
      return ModelDirectory.open(path).tokenizer().vocabulary();
    }

    @Override
    public LanguageModel load() {
      return ModelLoader.load(path, LoadOptions.defaults());
    }
  }

  /** A model that must not be loaded. */
  private record Vocabulary(Path path) implements Preprocess.Source {
    @Override
    public Map<String, Integer> vocabulary() {
      return ModelDirectory.open(path).tokenizer().vocabulary();
    }

    @Override
    public LanguageModel load() {
      throw new AssertionError("it was to be refused first");
    }
  }

  static Stream<Pair> pairs() {
    return Stream.of(
        ReferencePairs.FAR, ReferencePairs.NEAR, ReferencePairs.BERT, ReferencePairs.DISTILBERT);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void run_compat_equalsTheOriginalsFiles(Pair pair) throws IOException {
    Preprocess.Report report = preprocess(pair, true);
    assertThat(report.notes()).isEmpty();
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            pair.cache(pair.first()).getFileName().toString(),
            pair.cache(pair.second()).getFileName().toString(),
            pair.csv(pair.first(), pair.second()).getFileName().toString(),
            pair.csv(pair.second(), pair.first()).getFileName().toString(),
            "metadata.json");
    for (String model : List.of(pair.first(), pair.second())) {
      compareCaches(pair.cache(model));
    }
    compareCsv(pair.csv(pair.first(), pair.second()));
    compareCsv(pair.csv(pair.second(), pair.first()));
    String expected = Files.readString(pair.directory().resolve("analysis/metadata.json"));
    assertThat(Files.readString(folder.resolve("metadata.json")))
        .isEqualTo(expected.replace(pair.dataset() + ".txt", pair.text().toString()));
  }

  @Test
  void run_again_reusesWhatIsThere() throws IOException {
    preprocess(ReferencePairs.FAR, true);
    Preprocess.Report again =
        new Preprocess(request(ReferencePairs.FAR, true)).run(NEVER, NEVER, WorkMonitor.silent());
    assertThat(again.phrases()).isEqualTo(60);
  }

  @Test
  void run_differentVocabularies_isRefusedBeforeAnythingIsScored() {
    Path other = ReferencePairs.BERT.model(ReferencePairs.BERT.first());
    Preprocess preprocess = new Preprocess(request(ReferencePairs.FAR, true));
    assertThatThrownBy(
            () ->
                preprocess.run(
                    new Vocabulary(ReferencePairs.FAR.model("lm_a")),
                    new Vocabulary(other),
                    WorkMonitor.silent()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("different vocabularies");
  }

  @Test
  void run_badLines_areRefusedOrLeftOut() throws IOException {
    Path file = folder.resolve("lines.txt");
    Files.write(file, new byte[] {'o', 'n', 'e', '\n', (byte) 0xff, '\n', 't', 'w', 'o', '\n'});
    String name = file.toString();
    assertThatThrownBy(
            () ->
                new Preprocess(
                    new Preprocess.Request("a", "b", name, false, folder, 10, 50, false)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("--skip-bad-lines");
    assertThat(
            new Preprocess(new Preprocess.Request("a", "b", name, true, folder, 10, 50, false))
                .phrases())
        .isEqualTo(2);
  }

  @Test
  void run_overTheCacheOfAnotherCorpus_isRefused() throws IOException {
    preprocess(ReferencePairs.FAR, true);
    Path other = Files.writeString(folder.resolve("sixty.txt"), "quite another corpus");
    Preprocess.Request request =
        new Preprocess.Request("lm_a", "lm_b", other.toString(), false, folder, 10, 50, true);
    assertThatThrownBy(() -> new Preprocess(request).run(NEVER, NEVER, WorkMonitor.silent()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("another corpus");
  }

  private Preprocess.Report preprocess(Pair pair, boolean compat) throws IOException {
    return new Preprocess(request(pair, compat))
        .run(
            new Directory(pair.model(pair.first())),
            new Directory(pair.model(pair.second())),
            WorkMonitor.silent());
  }

  private Preprocess.Request request(Pair pair, boolean compat) {
    return new Preprocess.Request(
        pair.first(), pair.second(), pair.text().toString(), false, folder, 10, 50, compat);
  }

  private void compareCaches(Path reference) {
    try (AnalysisCacheFile expected = AnalysisCacheFile.open(reference);
        AnalysisCacheFile actual =
            AnalysisCacheFile.open(folder.resolve(reference.getFileName()))) {
      assertThat(actual.header()).isEqualTo(expected.header());
      assertThat(actual.vocabulary()).isEqualTo(expected.vocabulary());
      assertThat(actual.size()).isEqualTo(expected.size());
      int swapped = 0;
      int places = 0;
      for (int i = 0; i < expected.size(); i++) {
        PhraseScores e = expected.get(i);
        PhraseScores a = actual.get(i);
        assertThat(a.phrase()).isEqualTo(e.phrase());
        assertThat(a.ids()).isEqualTo(e.ids());
        assertThat(a.ranks()).isEqualTo(e.ranks());
        swapped += swappedNeighbours(a.topIds(), e.topIds(), e.topProbs());
        places += e.topIds().length;
        for (int t = 0; t < e.length(); t++) {
          assertThat(a.probs()[t]).isCloseTo(e.probs()[t], within(1e-5f));
        }
      }
      assertThat(swapped)
          .as("swapped neighbours of %d places", places)
          .isLessThan(places / 1000 + 2);
    }
  }

  /**
   * How many neighbours of the top lists stand in the other order; anything else that differs
   * fails. Probabilities closer than 1e-5, the caches' tolerance, are ordered by rounding alone.
   */
  private static int swappedNeighbours(int[] actual, int[] expected, float[] probs) {
    int[] same = actual.clone();
    int swaps = 0;
    for (int i = 0; i + 1 < same.length; i++) {
      boolean tie = Math.abs(probs[i] - probs[i + 1]) < 1e-5f;
      if (tie && same[i] == expected[i + 1] && same[i + 1] == expected[i]) {
        same[i] = expected[i];
        same[i + 1] = expected[i + 1];
        swaps++;
      }
    }
    assertThat(same).isEqualTo(expected);
    return swaps;
  }

  private void compareCsv(Path reference) throws IOException {
    List<ComparisonCsv.Row> expected = ComparisonCsv.read(reference);
    List<ComparisonCsv.Row> actual = ComparisonCsv.read(folder.resolve(reference.getFileName()));
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).tokens()).isEqualTo(expected.get(i).tokens());
      assertThat(actual.get(i).values()).containsExactly(expected.get(i).values(), within(1e-5));
    }
    assertThat(Optional.of(actual.get(0).index())).contains(0);
  }
}
