package io.modeldiff.analysis.lmdiff.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.lmdiff.ReferencePairs;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.analysis.lmdiff.store.FileBlobStore;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.lm.TokenScores;
import io.modeldiff.core.work.WorkMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheAnalysisTest {
  private static LanguageModel model;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    model = ModelLoader.load(ReferencePairs.FAR.model("lm_a"), LoadOptions.defaults());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void run_stoppedAfterEachChunk_goesOnToTheSameBytes() throws IOException {
    ListCorpus corpus = corpus(600);
    Path whole = folder.resolve("whole");
    Path pieces = folder.resolve("pieces");
    analyze(corpus, whole, WorkMonitor.silent());
    for (int chunk = 0; chunk < 3; chunk++) {
      ChunkedCache cache = analyze(corpus, pieces, stopAfterOne());
      assertThat(cache.firstMissing()).isEqualTo(chunk + 1);
    }
    assertThat(analyze(corpus, pieces, stopAfterOne()).complete()).isTrue();
    List<Path> files = list(whole);
    assertThat(files).hasSize(4);
    for (Path file : files) {
      assertThat(pieces.resolve(whole.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void get_chunkCutShortOnDisk_isReportedNotRead() throws IOException {
    ChunkedCache cache = analyze(corpus(10), folder, WorkMonitor.silent());
    Path chunk =
        list(folder).stream().filter(f -> f.toString().contains("chunk")).findFirst().get();
    byte[] bytes = Files.readAllBytes(chunk);
    Files.write(chunk, java.util.Arrays.copyOf(bytes, bytes.length - 3));
    assertThatThrownBy(() -> cache.get(0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void score_emptyPhraseAmongOthers_isAFaultAndTheOthersAreScored() {
    List<PhraseScores> scores =
        new PhraseScorer(model, 10, ScoringRules.STANDARD).score(List.of("Hello", "", "x"));
    assertThat(scores.get(1).fault()).contains("has no tokens");
    assertThat(scores.get(0).fault()).isEmpty();
    assertThat(scores.get(2).length()).isEqualTo(1);
  }

  @Test
  void score_phraseOverTheContext_equalsItsWindowsScoredAlone() {
    String text = "word ".repeat(200).strip();
    int[] ids = model.tokenizer().encode(text);
    assertThat(ids.length).isGreaterThan(model.info().positions());
    PhraseScores scores =
        new PhraseScorer(model, 3, new ScoringRules(false, 100)).score(List.of(text)).get(0);
    assertThat(scores.length()).isEqualTo(ids.length);
    List<TokenScores> window = model.score(List.of(java.util.Arrays.copyOfRange(ids, 100, 228)), 3);
    for (int t = 128; t < 228; t++) {
      assertThat(scores.ranks()[t]).isEqualTo(window.get(0).rank()[t - 100]);
      assertThat((double) scores.logProbs()[t])
          .isCloseTo(window.get(0).logProb()[t - 100], within(1e-4));
    }
    assertThat(new PhraseScorer(model, 3, ScoringRules.COMPAT).score(List.of(text)).get(0).fault())
        .isPresent();
  }

  private ChunkedCache analyze(ListCorpus corpus, Path store, WorkMonitor monitor) {
    return CacheAnalysis.run(
        model, "lm_a", corpus, new FileBlobStore(store), 10, ScoringRules.STANDARD, monitor);
  }

  private static List<Path> list(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static ListCorpus corpus(int size) {
    List<Phrase> phrases = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      phrases.add(Phrase.of("phrase number " + i + " of " + "many ".repeat(i % 5)));
    }
    return ListCorpus.of("numbers", "machine_generated", List.of(), phrases);
  }

  private static WorkMonitor stopAfterOne() {
    return new WorkMonitor() {
      private boolean stop;

      @Override
      public void done(long done) {
        stop = true;
      }

      @Override
      public boolean stopRequested() {
        return stop;
      }
    };
  }
}
