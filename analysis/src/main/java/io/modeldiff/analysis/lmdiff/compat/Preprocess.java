package io.modeldiff.analysis.lmdiff.compat;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.cache.VocabularyHash;
import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.analysis.lmdiff.corpus.CorpusReader;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheFile;
import io.modeldiff.analysis.lmdiff.format.ConfigDirectory;
import io.modeldiff.analysis.lmdiff.format.ConfigDirectory.Metadata;
import io.modeldiff.analysis.lmdiff.store.FileBlobStore;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.work.WorkMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * LMdiff's preprocessing: scores a corpus with two models and writes the configuration directory
 * that its server (and ours) opens. Interrupted, it goes on where it stopped when run again.
 */
public final class Preprocess {
  private static final String WORK = ".modeldiff-unfinished";

  private final Request request;
  private final ListCorpus corpus;
  private final ConfigDirectory target;

  /**
   * What to do.
   *
   * @param m1 model 1's name as it shall stand in the files
   * @param m2 model 2's name
   * @param corpusFile the dataset file
   * @param skipBadLines leave out lines that cannot be used instead of refusing the file
   * @param output the configuration directory
   * @param topK most likely tokens kept per position
   * @param clamp ranks beyond this are treated alike
   * @param compat reproduce the original's numbers where it differs
   */
  public record Request(
      String m1,
      String m2,
      String corpusFile,
      boolean skipBadLines,
      Path output,
      int topK,
      int clamp,
      boolean compat) {}

  /** A model that is loaded when there is something to score. */
  public interface Source {
    /** Its vocabulary, token to id, without loading its weights. */
    Map<String, Integer> vocabulary();

    /** Loads it. */
    LanguageModel load();
  }

  /**
   * What was done.
   *
   * @param written the files, in the order of writing
   * @param phrases number of phrases in the files
   * @param notes what a person should know, one sentence each
   */
  public record Report(List<Path> written, int phrases, List<String> notes) {}

  /** Reads the corpus and checks the request. */
  public Preprocess(Request request) {
    this.request = request;
    Path file = Path.of(request.corpusFile());
    ImportOptions options =
        request.skipBadLines() ? ImportOptions.DEFAULTS.skippingBad() : ImportOptions.DEFAULTS;
    ListCorpus read = ListCorpus.read(file, options);
    // The server looks for the comparison by the file's stem, so that is the corpus' name.
    this.corpus = request.compat() ? read : renamed(read, CorpusReader.stem(file));
    this.target =
        new ConfigDirectory(
            request.output(),
            new Metadata(
                request.m1(), request.m2(), request.corpusFile(), request.topK(), request.clamp()));
  }

  /** Number of phrases to be scored by each model. */
  public int phrases() {
    return corpus.size();
  }

  /**
   * Scores and writes.
   *
   * @param first model 1
   * @param second model 2
   * @param monitor told phrases done, both models together
   */
  public Report run(Source first, Source second, WorkMonitor monitor) throws IOException {
    if (Files.exists(request.output()) && !Files.isDirectory(request.output())) {
      throw UserException.badInput(
          request.output() + " is a file; --output-dir should be a directory.");
    }
    Files.createDirectories(request.output());
    checkVocabularies(first, second);
    FileBlobStore store = new FileBlobStore(request.output().resolve(WORK));
    try (AnalysisCache a = cache(request.m1(), first, store, monitor, 0);
        AnalysisCache b = cache(request.m2(), second, store, monitor, corpus.size())) {
      Report report = write(a, b);
      store.folders(ChunkedCache.FOLDER).forEach(store::delete);
      Files.deleteIfExists(request.output().resolve(WORK));
      return report;
    }
  }

  private AnalysisCache cache(
      String name, Source model, FileBlobStore store, WorkMonitor monitor, int before) {
    Path file = target.cache(name);
    if (Files.exists(file)) {
      AnalysisCacheFile existing = AnalysisCacheFile.open(file);
      if (!existing.header().datasetChecksum().equals(corpus.info().checksum())) {
        existing.close();
        throw UserException.badInput(
            file
                + " is the analysis of another corpus (checksum "
                + existing.header().datasetChecksum()
                + ", here "
                + corpus.info().checksum()
                + "); delete it or choose another --output-dir.");
      }
      return existing;
    }
    try (LanguageModel loaded = model.load()) {
      ChunkedCache cache =
          CacheAnalysis.run(
              loaded,
              name,
              corpus,
              store,
              request.topK(),
              request.compat() ? ScoringRules.COMPAT : ScoringRules.STANDARD,
              shifted(monitor, before));
      if (!cache.complete()) {
        throw new CancellationException("Stopped on request.");
      }
      return cache;
    }
  }

  private Report write(AnalysisCache a, AnalysisCache b) throws IOException {
    List<String> notes = new ArrayList<>(corpus.info().warnings());
    BitSet keep = new BitSet();
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      PhraseScores x = a.get(i);
      PhraseScores y = b.get(i);
      if (x.length() > 0 && y.length() > 0) {
        keep.set(i);
      } else {
        notes.add(
            "Phrase "
                + i
                + " was left out: it "
                + x.fault().or(y::fault).orElse("has no tokens")
                + ".");
      }
    }
    List<Path> written = new ArrayList<>();
    for (AnalysisCache cache : List.of(a, b)) {
      Path file = target.cache(cache.header().modelName());
      if (!Files.exists(file)) {
        target.writeCache(cache, keep::get);
      }
      written.add(file);
    }
    try (AnalysisCacheFile first = AnalysisCacheFile.open(written.get(0));
        AnalysisCacheFile second = AnalysisCacheFile.open(written.get(1))) {
      written.addAll(target.writeComparisons(first, second));
    }
    written.add(target.writeMetadata());
    if (!corpus.info().name().equals(target.dataset())) {
      notes.add(
          "The corpus calls itself "
              + corpus.info().name()
              + " but its file is "
              + target.dataset()
              + ": the original server will not find the comparison.");
    }
    return new Report(written, keep.cardinality(), notes);
  }

  private void checkVocabularies(Source first, Source second) {
    if (!vocabulary(request.m1(), first).equals(vocabulary(request.m2(), second))) {
      throw UserException.badInput(
          "Models "
              + request.m1()
              + " and "
              + request.m2()
              + " have different vocabularies, which the original's files cannot hold; use corpus"
              + " compare, which compares surprisal per byte.");
    }
  }

  /** Hash of a model's vocabulary: of its cache's, where that is written. */
  private String vocabulary(String name, Source model) {
    Path file = target.cache(name);
    if (!Files.exists(file)) {
      return VocabularyHash.of(model.vocabulary());
    }
    try (AnalysisCacheFile cache = AnalysisCacheFile.open(file)) {
      return cache.header().vocabHash();
    }
  }

  private static ListCorpus renamed(ListCorpus corpus, String name) {
    CorpusInfo i = corpus.info();
    return new ListCorpus(
        new CorpusInfo(
            name,
            i.type(),
            i.checksum(),
            i.hash(),
            i.phrases(),
            i.bytes(),
            i.columns(),
            i.warnings()),
        corpus.phrases());
  }

  private static WorkMonitor shifted(WorkMonitor monitor, int before) {
    return new WorkMonitor() {
      @Override
      public void done(long done) {
        monitor.done(before + done);
      }

      @Override
      public boolean stopRequested() {
        return monitor.stopRequested();
      }
    };
  }
}
