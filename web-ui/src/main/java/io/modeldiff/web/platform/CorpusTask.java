package io.modeldiff.web.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.lmdiff.cache.CacheChunk;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScorer;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.library.CorpusLibrary;
import io.modeldiff.analysis.lmdiff.store.BlobStore;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.replica.worker.WorkerTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A worker's share of a corpus analysis: reads one chunk of phrases from the store, scores them in
 * batches of similar length, stores the scores as one chunk.
 */
final class CorpusTask implements WorkerTask {
  static final String NAME = "score-corpus";

  /** Characters of a causal model's batch: well below a minute of work for a small GPT-2. */
  private static final double BATCH = 16_000;

  /** A masked model scores each token by a pass of its own; four characters make a token, about. */
  private static final double CHARS_SQUARED_PER_PASS = 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<BlobStore> store;
  private final Map<String, Object> caches = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "corpus-task");
            thread.setDaemon(true);
            return thread;
          });

  CorpusTask(Supplier<BlobStore> store) {
    this.store = store;
  }

  /**
   * One chunk to score.
   *
   * @param corpus folder of the corpus
   * @param cache folder of the cache
   * @param chunk number of the chunk
   * @param compat see {@link ScoringRules}
   * @param stride see {@link ScoringRules}
   */
  record Request(String corpus, String cache, int chunk, boolean compat, int stride) {
    String json() {
      try {
        return JSON.writeValueAsString(this);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("requests are JSON values", e);
      }
    }

    static Request of(String json) {
      try {
        return JSON.readValue(json, Request.class);
      } catch (JsonProcessingException e) {
        throw UserException.failed(
            "This worker does not understand the work it is given; run the same version of"
                + " Model-diff on every node.",
            e);
      }
    }
  }

  @Override
  public CompletionStage<String> run(String request, Calls model) {
    return CompletableFuture.supplyAsync(() -> score(Request.of(request), model), threads);
  }

  /** One chunk of a cache at a time, so that a kill loses no more than one. */
  private String score(Request request, Calls model) {
    synchronized (caches.computeIfAbsent(request.cache(), folder -> new Object())) {
      ChunkedCache cache =
          ChunkedCache.open(store.get(), request.cache())
              .orElseThrow(
                  () -> UserException.failed("The store has no analysis " + request.cache() + "."));
      if (!cache.has(request.chunk())) {
        Corpus corpus = new CorpusLibrary(store.get()).open(request.corpus());
        int size = cache.manifest().chunk();
        int from = request.chunk() * size;
        List<String> phrases =
            IntStream.range(from, Math.min(corpus.size(), from + size))
                .mapToObj(i -> corpus.get(i).text())
                .toList();
        ScoringRules rules = new ScoringRules(request.compat(), request.stride());
        cache.put(
            request.chunk(),
            new CacheChunk(scores(phrases, cache.manifest().topK(), rules, model)));
      }
      return "stored";
    }
  }

  private static List<PhraseScores> scores(
      List<String> phrases, int topK, ScoringRules rules, Calls model) {
    ModelKind kind = await(model.submit(m -> m.info().kind()));
    PhraseScores[] scores = new PhraseScores[phrases.size()];
    for (List<Integer> batch : batches(phrases, kind)) {
      List<String> texts = batch.stream().map(phrases::get).toList();
      List<PhraseScores> done =
          await(model.submit(m -> new PhraseScorer(m, topK, rules).score(texts)));
      for (int i = 0; i < batch.size(); i++) {
        scores[batch.get(i)] = done.get(i);
      }
    }
    return Arrays.asList(scores);
  }

  /** Phrases of similar length together, each batch a bounded amount of work. */
  static List<List<Integer>> batches(List<String> phrases, ModelKind kind) {
    List<Integer> byLength =
        IntStream.range(0, phrases.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> phrases.get(i).length()))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    double work = 0;
    for (int i : byLength) {
      double length = phrases.get(i).length();
      double own = kind == ModelKind.MASKED ? length * length / CHARS_SQUARED_PER_PASS : length;
      if (!batch.isEmpty() && work + own > BATCH) {
        batches.add(batch);
        batch = new ArrayList<>();
        work = 0;
      }
      batch.add(i);
      work += own;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private static <T> T await(CompletionStage<T> call) {
    return call.toCompletableFuture().join();
  }
}
