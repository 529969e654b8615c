package io.modeldiff.web.platform;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.CacheChunk;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.cache.VocabularyHash;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.analysis.lmdiff.library.CorpusLibrary;
import io.modeldiff.analysis.lmdiff.store.BlobStore;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.registry.RegistryEvent.CorpusAnalyzed;
import io.modeldiff.core.registry.RegistryEvent.CorpusRegistered;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.replica.api.Registry;
import io.modeldiff.replica.api.WorkerTasks;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The platform's corpora: their texts and analyses lie in the store, their names and hashes are
 * events of the registry, their analyses are computed by the workers.
 */
public final class Corpora {
  private final BlobStore store;
  private final CorpusLibrary library;
  private final Registry registry;
  private final WorkerTasks tasks;

  Corpora(BlobStore store, Registry registry, WorkerTasks tasks) {
    this.store = store;
    this.library = new CorpusLibrary(store);
    this.registry = registry;
    this.tasks = tasks;
  }

  /** Where texts and analyses lie. */
  public BlobStore store() {
    return store;
  }

  /** What is registered, by name, in the order of registration. */
  public Map<String, CorpusRegistered> registered() {
    return RunningPlatform.await(registry.all()).corpora();
  }

  /** What is known of every registered corpus. */
  public List<CorpusInfo> list() {
    return registered().values().stream()
        .map(c -> library.find(c.name(), c.hash()))
        .flatMap(Optional::stream)
        .map(Corpus::info)
        .toList();
  }

  /**
   * Reads a file into the store and registers it. The same content under the same name again
   * changes nothing; a name that belongs to other content is refused.
   */
  public CorpusInfo add(Path file, ImportOptions options, Cause cause) {
    return register(
        library.add(file, options), file.toAbsolutePath().normalize().toString(), cause);
  }

  /**
   * Stores and registers a corpus that is in memory.
   *
   * @param source where it comes from, for the event
   */
  public CorpusInfo add(Corpus corpus, String source, Cause cause) {
    return register(library.add(corpus), source, cause);
  }

  private CorpusInfo register(CorpusInfo info, String source, Cause cause) {
    RunningPlatform.await(
        registry.register(
            new CorpusRegistered(info.name(), source, info.hash(), info.phrases(), cause)));
    return info;
  }

  /** The registered corpus of that name; refuses an unknown one, listing what there is. */
  public Corpus open(String name) {
    Map<String, CorpusRegistered> registered = registered();
    CorpusRegistered known = registered.get(name);
    if (known == null) {
      throw UserException.badInput(
          "There is no corpus '"
              + name
              + "': it is neither a file nor one of the registered corpora ("
              + String.join(", ", registered.keySet())
              + "); add it with corpus add.");
    }
    return library
        .find(name, known.hash())
        .orElseThrow(
            () ->
                UserException.failed(
                    "The texts of corpus "
                        + name
                        + " are not in the store; add it again from "
                        + known.path()
                        + "."));
  }

  /** A registered corpus by its name, or a file, whose texts are stored without a name. */
  public Corpus openOrRead(String nameOrFile) {
    return isFile(nameOrFile)
        ? library.open(library.add(Path.of(nameOrFile), ImportOptions.DEFAULTS))
        : open(nameOrFile);
  }

  private static boolean isFile(String name) {
    try {
      return Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false; // a name that no file system allows is certainly no file
    }
  }

  /**
   * A model for analyses.
   *
   * @param name the name that caches record
   * @param dtype {@code f32} or {@code f16}: part of an analysis' identity
   */
  public record Analyst(String name, ModelDirectory directory, String dtype) {
    ModelInfo info() {
      return directory.info(dtype, "cpu");
    }

    ModelRef ref() {
      return new ModelRef(name, directory.path().toString(), info().hash(), dtype);
    }
  }

  /** The analysis of a corpus by a model, as far as it is there. */
  public ChunkedCache cache(Analyst model, Corpus corpus, ScoringRules rules, int topK) {
    return ChunkedCache.create(
        store,
        CacheAnalysis.manifest(
            model.info(), model.directory().tokenizer(), model.name(), corpus.info(), topK, rules));
  }

  /** A complete analysis, when there is one. */
  public Optional<ChunkedCache> analysed(
      Analyst model, Corpus corpus, ScoringRules rules, int topK) {
    ModelInfo info = model.info();
    String folder =
        ChunkedCache.folder(
            corpus.info().hash(),
            CacheAnalysis.modelIdentity(info),
            rules.id(),
            Math.min(topK, info.vocabulary()));
    return ChunkedCache.open(store, folder).filter(ChunkedCache::complete);
  }

  /** All analyses, complete or not. */
  public List<ChunkedCache> analyses() {
    return store.folders(ChunkedCache.FOLDER).stream()
        .map(folder -> ChunkedCache.open(store, folder))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Has the workers score what is missing, chunk by chunk, and waits for it. Stopped or killed, it
   * goes on where it was when called again.
   *
   * @param cause who wants it; an event, unless everything is there already
   * @param monitor told the number of phrases that are stored
   */
  public ChunkedCache analyze(
      Analyst model,
      Corpus corpus,
      ScoringRules rules,
      int topK,
      Cause cause,
      WorkMonitor monitor) {
    ChunkedCache cache = cache(model, corpus, rules, topK);
    List<Integer> missing = cache.missing();
    if (!missing.isEmpty()) {
      RunningPlatform.await(
          registry.register(
              new CorpusAnalyzed(
                  corpus.info().name(),
                  corpus.info().hash(),
                  model.name(),
                  model.info().hash(),
                  rules.id(),
                  cause)));
    }
    int chunk = cache.manifest().chunk();
    AtomicLong done = new AtomicLong(corpus.size() - phrases(missing, chunk, corpus.size()));
    monitor.done(done.get());
    Queue<Integer> queue = new ConcurrentLinkedQueue<>(missing);
    AtomicBoolean failed = new AtomicBoolean();
    WorkMonitor wish = stopping(monitor, failed);
    eachSlot(
        Math.min(tasks.slots(), missing.size()),
        slot -> {
          for (Integer next = queue.poll(); next != null; next = queue.poll()) {
            CorpusTask.Request request =
                new CorpusTask.Request(
                    CorpusLibrary.folder(corpus.info()),
                    cache.folder(),
                    next,
                    rules.compat(),
                    rules.stride());
            String job = cache.folder() + "/" + next;
            tasks.run(slot, job, CorpusTask.NAME, model.ref(), request.json(), wish);
            monitor.done(done.addAndGet(phrases(List.of(next), chunk, corpus.size())));
          }
        },
        failed);
    return cache;
  }

  /** An analysis that was taken over. */
  public record Imported(String corpus, String model, int phrases) {}

  /**
   * Takes over an analysis that the original tool made, with its corpus.
   *
   * @param name name of the corpus; empty: the one that the cache gives
   * @param source where the cache comes from, for the registry's event
   * @throws UserException when the model's tokenizer would split a phrase differently
   */
  public Imported importCache(
      AnalysisCache from, Analyst model, Optional<String> name, String source, Cause cause) {
    Tokenizer tokenizer = model.directory().tokenizer();
    if (!VocabularyHash.of(tokenizer.vocabulary()).equals(from.header().vocabHash())) {
      throw UserException.badInput(
          "The cache was made by a model with another vocabulary than "
              + model.name()
              + " (vocab_hash "
              + from.header().vocabHash().substring(0, 12)
              + "…); name its model with --model.");
    }
    List<Phrase> phrases = new ArrayList<>(from.size());
    for (int i = 0; i < from.size(); i++) {
      PhraseScores scores = from.get(i);
      if (!Arrays.equals(tokenizer.encode(scores.phrase()), scores.ids())) {
        throw UserException.badInput(
            "Phrase "
                + i
                + " of the cache was split into other tokens than "
                + model.name()
                + " splits it into; name its model with --model.");
      }
      phrases.add(Phrase.of(scores.phrase()));
    }
    ListCorpus texts =
        ListCorpus.of(
            name.orElse(from.header().datasetName()), "human_created", List.of(), phrases);
    CorpusInfo i = texts.info();
    Corpus corpus =
        new ListCorpus(
            new CorpusInfo(
                i.name(),
                i.type(),
                from.header().datasetChecksum(),
                i.hash(),
                i.phrases(),
                i.bytes(),
                i.columns(),
                i.warnings()),
            phrases);
    CorpusInfo info = add(corpus, source, cause);
    int topK = from.size() == 0 ? CacheAnalysis.TOP_K : from.get(0).k();
    ChunkedCache cache = cache(model, library.open(info), ScoringRules.COMPAT, topK);
    int size = cache.manifest().chunk();
    for (int chunk : cache.missing()) {
      List<PhraseScores> scores =
          IntStream.range(chunk * size, Math.min(from.size(), (chunk + 1) * size))
              .mapToObj(from::get)
              .toList();
      cache.put(chunk, new CacheChunk(scores));
    }
    return new Imported(info.name(), model.name(), from.size());
  }

  private static long phrases(List<Integer> chunks, int chunk, int size) {
    return chunks.stream()
        .mapToLong(c -> Math.min(size, (c + 1L) * chunk) - (long) c * chunk)
        .sum();
  }

  private static WorkMonitor stopping(WorkMonitor monitor, AtomicBoolean failed) {
    return new WorkMonitor() {
      @Override
      public void done(long units) {
        monitor.done(units);
      }

      @Override
      public boolean stopRequested() {
        return failed.get() || monitor.stopRequested();
      }
    };
  }

  /** Work of one slot. */
  @FunctionalInterface
  private interface Slot {
    void run(int slot);
  }

  /** Runs all slots; when one fails, the others stop and its failure is the outcome. */
  private static void eachSlot(int slots, Slot work, AtomicBoolean failed) {
    if (slots == 0) {
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(slots);
    CompletableFuture<Void> first = new CompletableFuture<>();
    try {
      CompletableFuture<?>[] running =
          IntStream.range(0, slots)
              .mapToObj(
                  slot ->
                      CompletableFuture.runAsync(() -> work.run(slot), threads)
                          .whenComplete(
                              (done, error) -> {
                                if (error != null) {
                                  failed.set(true);
                                  first.completeExceptionally(error);
                                }
                              }))
              .toArray(CompletableFuture[]::new);
      RunningPlatform.await(
          CompletableFuture.allOf(running)
              .handle((done, error) -> error)
              .thenCompose(
                  error -> error == null ? CompletableFuture.<Void>completedFuture(null) : first));
    } finally {
      threads.shutdown();
    }
  }
}
