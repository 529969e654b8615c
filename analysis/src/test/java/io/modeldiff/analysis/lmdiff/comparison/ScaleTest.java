package io.modeldiff.analysis.lmdiff.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.lmdiff.cache.CacheChunk;
import io.modeldiff.analysis.lmdiff.cache.CacheHeader;
import io.modeldiff.analysis.lmdiff.cache.CacheManifest;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.analysis.lmdiff.store.FileBlobStore;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two caches of 200,000 phrases of 20 tokens, compared and ranked, timed; prints what it saw. */
@Tag("heavy")
class ScaleTest {
  private static final int PHRASES = 200_000;
  private static final int TOKENS = 20;
  private static final int K = 10;

  @TempDir Path folder;

  @Test
  void compare_twoHundredThousandPhrases_takesSecondsAndBoundedMemory() {
    FileBlobStore store = new FileBlobStore(folder);
    try (ChunkedCache a = write(store, "a", 1);
        ChunkedCache b = write(store, "b", 2)) {
      System.gc();
      long before = used();
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long cpu = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      ComparisonTable table = CorpusComparison.compare(a, b, 50, n -> {});
      Ranking.top(
          table, Measure.named("avg_rank_diff"), Ranking.Order.DESCENDING, true, 50, r -> true);
      Histogram.of(table.column(Measure.named("avg_rank_diff")), 100);
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
      System.gc();
      System.out.printf(
          "compared and ranked %d phrases in %.2f s (%.2f s of CPU); the result holds %d MB%n",
          table.rows(), seconds, cpuSeconds, (used() - before) >> 20);
      assertThat(table.rows()).isEqualTo(PHRASES);
      assertThat(cpuSeconds).isLessThan(10);
    }
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static ChunkedCache write(FileBlobStore store, String model, long seed) {
    ChunkedCache cache =
        ChunkedCache.create(
            store,
            new CacheManifest(
                new CacheHeader("big", "0", "0", model),
                "0",
                model,
                "standard",
                K,
                PHRASES,
                ChunkedCache.CHUNK,
                List.of()));
    SplittableRandom random = new SplittableRandom(seed);
    for (int chunk = 0; chunk < cache.manifest().chunks(); chunk++) {
      List<PhraseScores> phrases = new ArrayList<>();
      int count = Math.min(ChunkedCache.CHUNK, PHRASES - chunk * ChunkedCache.CHUNK);
      for (int i = 0; i < count; i++) {
        phrases.add(phrase(chunk * ChunkedCache.CHUNK + i, random));
      }
      cache.put(chunk, new CacheChunk(phrases));
    }
    return cache;
  }

  private static PhraseScores phrase(int index, SplittableRandom random) {
    int[] ids = new int[TOKENS];
    int[] ranks = new int[TOKENS];
    float[] probs = new float[TOKENS];
    float[] logProbs = new float[TOKENS];
    int[] topIds = new int[TOKENS * K];
    float[] topProbs = new float[TOKENS * K];
    for (int t = 0; t < TOKENS; t++) {
      ids[t] = (index + t) % 50_000;
      ranks[t] = random.nextInt(1 + random.nextInt(50_000));
      probs[t] = (float) random.nextDouble();
      logProbs[t] = (float) Math.log(probs[t]);
      for (int j = 0; j < K; j++) {
        topIds[t * K + j] = random.nextInt(200);
        topProbs[t * K + j] = probs[t] / (j + 1);
      }
    }
    return new PhraseScores(
        "a phrase of ordinary length, number " + index + " of the corpus",
        0,
        ids,
        ranks,
        probs,
        logProbs,
        K,
        topIds,
        topProbs,
        Optional.empty());
  }
}
