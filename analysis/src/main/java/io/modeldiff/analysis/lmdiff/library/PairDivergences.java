package io.modeldiff.analysis.lmdiff.library;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.PhraseScorer;
import io.modeldiff.analysis.lmdiff.cache.Windows;
import io.modeldiff.analysis.lmdiff.cache.Windows.Window;
import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.instance.Comparability;
import io.modeldiff.analysis.lmdiff.instance.Divergence;
import io.modeldiff.analysis.lmdiff.measure.Aggregate;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.analysis.lmdiff.store.BlobStore;
import io.modeldiff.analysis.lmdiff.store.Digests;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.work.WorkMonitor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;

/**
 * KL both ways, Jensen–Shannon divergence and entropy difference of two models over a corpus. They
 * need both full distributions at every token, so they are computed from the models, stored as
 * aggregates of each phrase, and resumed by chunk.
 */
public final class PairDivergences {
  private static final int CHUNK = 64;
  private static final List<Measure> MEASURES = Measure.FROM_DISTRIBUTIONS;

  /** The quantities of {@link #MEASURES}, in their order. */
  private static final List<ToDoubleFunction<Divergence>> QUANTITIES =
      List.of(Divergence::kl12, Divergence::kl21, Divergence::js, d -> d.entropy2() - d.entropy1());

  private final BlobStore store;
  private List<double[]> rows = List.of();

  /** Divergences kept in a store. */
  public PairDivergences(BlobStore store) {
    this.store = store;
  }

  /** Computes what is missing. Models must have the same vocabulary. */
  public PairDivergences run(
      LanguageModel first, LanguageModel second, Corpus corpus, WorkMonitor monitor) {
    Comparability comparability =
        Comparability.of(first.info(), first.tokenizer(), second.info(), second.tokenizer());
    if (!comparability.sameTokens()) {
      throw UserException.badInput(comparability.reason());
    }
    String folder =
        "pair-"
            + Digests.sha256(
                    corpus.info().hash()
                        + "\n"
                        + CacheAnalysis.modelIdentity(first.info())
                        + "\n"
                        + CacheAnalysis.modelIdentity(second.info()))
                .substring(0, 32);
    List<double[]> all = new ArrayList<>(corpus.size());
    for (int from = 0; from < corpus.size(); from += CHUNK) {
      if (monitor.stopRequested()) {
        throw new CancellationException("Stopped on request.");
      }
      String name = String.format("chunk-%08d", from / CHUNK);
      int to = Math.min(corpus.size(), from + CHUNK);
      Optional<byte[]> stored = store.get(folder, name);
      List<double[]> chunk =
          stored.isPresent() ? decode(stored.get()) : compute(first, second, corpus, from, to);
      if (stored.isEmpty()) {
        store.put(folder, name, encode(chunk));
      }
      all.addAll(chunk);
      monitor.done(to);
    }
    rows = all;
    return this;
  }

  /** The measures as columns of a table's rows. */
  public Map<Measure, double[]> columns(ComparisonTable table) {
    Map<Measure, double[]> columns = new LinkedHashMap<>();
    for (int m = 0; m < MEASURES.size(); m++) {
      double[] column = new double[table.rows()];
      for (int row = 0; row < column.length; row++) {
        column[row] = rows.get(table.phrases()[row])[m];
      }
      columns.put(MEASURES.get(m), column);
    }
    return columns;
  }

  private static List<double[]> compute(
      LanguageModel first, LanguageModel second, Corpus corpus, int from, int to) {
    List<double[]> chunk = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      chunk.add(phrase(first, second, corpus.get(i).text()));
    }
    return chunk;
  }

  private static double[] phrase(LanguageModel first, LanguageModel second, String text) {
    double[] row = new double[MEASURES.size()];
    Arrays.fill(row, Double.NaN);
    List<Divergence> tokens = tokens(first, second, first.tokenizer().encode(text));
    if (!tokens.isEmpty()) {
      int at = 0;
      for (ToDoubleFunction<Divergence> quantity : QUANTITIES) {
        double[] all = Aggregate.all(tokens.stream().mapToDouble(quantity).toArray());
        System.arraycopy(all, 0, row, at, all.length);
        at += all.length;
      }
    }
    return row;
  }

  /**
   * Divergences of the tokens that both models score, windows as the smaller context needs them.
   */
  private static List<Divergence> tokens(LanguageModel first, LanguageModel second, int[] ids) {
    if (ids.length == 0) {
      return List.of();
    }
    int capacity = Math.min(PhraseScorer.capacity(first), PhraseScorer.capacity(second));
    List<Divergence> tokens = new ArrayList<>(ids.length);
    for (Window w : Windows.plan(ids.length, capacity, 0, first.info().kind())) {
      int[] piece = Arrays.copyOfRange(ids, w.start(), w.end());
      float[][] a = first.logProbabilities(piece);
      float[][] b = second.logProbabilities(piece);
      int skip = piece.length - Math.min(a.length, b.length);
      for (int t = Math.max(w.scoredFrom(), w.start() + skip); t < w.scoredTo(); t++) {
        int back = w.end() - t;
        tokens.add(Divergence.of(a[a.length - back], b[b.length - back]));
      }
    }
    return tokens;
  }

  private static byte[] encode(List<double[]> chunk) {
    ByteBuffer b = ByteBuffer.allocate(chunk.size() * MEASURES.size() * 8);
    chunk.forEach(row -> Arrays.stream(row).forEach(b::putDouble));
    return b.array();
  }

  private static List<double[]> decode(byte[] bytes) {
    ByteBuffer b = ByteBuffer.wrap(bytes);
    List<double[]> chunk = new ArrayList<>();
    while (b.hasRemaining()) {
      double[] row = new double[MEASURES.size()];
      for (int m = 0; m < row.length; m++) {
        row[m] = b.getDouble();
      }
      chunk.add(row);
    }
    return chunk;
  }
}
