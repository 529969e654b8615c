package io.modeldiff.core.lm;

import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A language model made of random conditional tables: the row behind every context is a softmax of
 * Gaussian logits drawn from a key of that context. Exact in float64, so that kernels can be
 * checked to 1e-10, and tiny spaces can be enumerated. Its gradient is that of the multilinear
 * extension of E, ∂E/∂onehot_{i,v} = E(x with x_i = v).
 */
public final class TableLanguageModel implements LanguageModel {
  private static final int POSITIONS = 4096;
  // Rows of short contexts are remembered: at most about a million of them.
  private static final long LARGEST_INDEX = 1 << 20;
  private final Rows rows;
  private final int vocabulary;
  private final long seed;
  private long gradientPositions;

  /**
   * A model with the given vocabulary.
   *
   * @param scale standard deviation of the logits: 0 is the uniform model, large is peaked
   */
  public TableLanguageModel(int vocabulary, double scale, long seed) {
    this(vocabulary, seed, random(vocabulary, scale, seed));
  }

  /** A model with given conditionals. */
  public TableLanguageModel(int vocabulary, long seed, Rows rows) {
    this.vocabulary = vocabulary;
    this.seed = seed;
    this.rows = rows;
  }

  /** The conditionals of a model. */
  @FunctionalInterface
  public interface Rows {
    /** log p(·|the first {@code length} tokens of a context) over the whole vocabulary, nats. */
    double[] of(int[] context, int length);
  }

  private static Rows random(int vocabulary, double scale, long seed) {
    Map<Long, double[]> remembered = new ConcurrentHashMap<>();
    return (context, length) -> {
      long index = 1;
      for (int i = 0; i < length && index < LARGEST_INDEX; i++) {
        index = index * vocabulary + context[i];
      }
      return index >= LARGEST_INDEX
          ? randomRow(vocabulary, scale, seed, context, length)
          : remembered.computeIfAbsent(
              index * POSITIONS + length, k -> randomRow(vocabulary, scale, seed, context, length));
    };
  }

  /** log p(·|context) over the whole vocabulary, nats. */
  public double[] row(int[] context, int length) {
    return rows.of(context, length);
  }

  private static double[] randomRow(
      int vocabulary, double scale, long seed, int[] context, int length) {
    long[] key = new long[length + 1];
    key[0] = length;
    for (int i = 0; i < length; i++) {
      key[i + 1] = context[i];
    }
    KeyedRandom random = KeyedRandom.of(seed, key);
    double[] logits = new double[vocabulary];
    for (int v = 0; v < vocabulary; v++) {
      double radius = Math.sqrt(-2 * Math.log(random.uniform()));
      logits[v] = scale * radius * Math.cos(2 * Math.PI * random.uniform());
    }
    return normalised(logits);
  }

  private static double[] normalised(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double l : logits) {
      max = Math.max(max, l);
    }
    double sum = 0;
    for (double l : logits) {
      sum += Math.exp(l - max);
    }
    double[] out = new double[logits.length];
    for (int v = 0; v < out.length; v++) {
      out[v] = logits[v] - max - Math.log(sum);
    }
    return out;
  }

  /** log p over the allowed tokens of a space (their order) at position i of a sequence. */
  double[] allowedRow(InputSpace space, int[] sequence, int i) {
    if (space.prefix().length == 0 && i == 0) {
      return new double[space.allowed().length]; // unscored: 0, so that log c_β = log V
    }
    int length = space.prefix().length + i;
    int[] context = new int[length];
    System.arraycopy(space.prefix(), 0, context, 0, space.prefix().length);
    System.arraycopy(sequence, 0, context, space.prefix().length, i);
    double[] full = row(context, length);
    double[] part = new double[space.allowed().length];
    for (int a = 0; a < part.length; a++) {
      part[a] = full[space.allowed()[a]];
    }
    return normalised(part);
  }

  /** E(x) in nats. */
  public double energy(InputSpace space, int[] sequence) {
    double sum = 0;
    int first = space.prefix().length == 0 ? 1 : 0;
    for (int i = first; i < space.length(); i++) {
      sum -= allowedRow(space, sequence, i)[indexOf(space, sequence[i])];
    }
    return sum;
  }

  static int indexOf(InputSpace space, int token) {
    int index = Arrays.binarySearch(space.allowed(), token);
    if (index < 0) {
      throw new IllegalStateException("token " + token + " is not allowed in " + space);
    }
    return index;
  }

  /** Every sequence of a space, last position fastest. */
  public static List<int[]> enumerate(InputSpace space) {
    List<int[]> all = new ArrayList<>();
    int[] digits = new int[space.length()];
    while (true) {
      int[] x = new int[space.length()];
      for (int i = 0; i < x.length; i++) {
        x[i] = space.allowed()[digits[i]];
      }
      all.add(x);
      int i = space.length() - 1;
      while (i >= 0 && ++digits[i] == space.allowed().length) {
        digits[i--] = 0;
      }
      if (i < 0) {
        return all;
      }
    }
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(
        "table-" + seed,
        Path.of("table"),
        Long.toHexString(seed),
        "table",
        ModelKind.CAUSAL,
        vocabulary,
        POSITIONS,
        OptionalInt.of(0),
        0,
        "f64",
        "jvm");
  }

  @Override
  public Tokenizer tokenizer() {
    return new TableTokenizer(vocabulary);
  }

  @Override
  public LaneCache openLanes(InputSpace space, int lanes) {
    return new TableLaneCache(this, space, lanes);
  }

  @Override
  public double[] energies(InputSpace space, int[][] tokens) {
    double[] out = new double[tokens.length];
    for (int b = 0; b < out.length; b++) {
      out[b] = energy(space, tokens[b]);
    }
    return out;
  }

  @Override
  public List<TokenScores> score(List<int[]> texts, int topK) {
    List<TokenScores> out = new ArrayList<>();
    for (int[] ids : texts) {
      out.add(score(ids, topK));
    }
    return out;
  }

  private TokenScores score(int[] ids, int topK) {
    double[] logProb = new double[ids.length];
    int[] rank = new int[ids.length];
    int[][] topIds = new int[ids.length][topK];
    float[][] topProbs = new float[ids.length][topK];
    for (int i = 0; i < ids.length; i++) {
      double[] row = row(withBos(ids, i), i + 1);
      logProb[i] = row[ids[i]];
      Integer[] order = new Integer[vocabulary];
      Arrays.setAll(order, v -> v);
      Arrays.sort(order, (a, b) -> Double.compare(row[b], row[a]));
      rank[i] = Arrays.asList(order).indexOf(ids[i]);
      for (int k = 0; k < topK; k++) {
        topIds[i][k] = order[k];
        topProbs[i][k] = (float) Math.exp(row[order[k]]);
      }
    }
    return new TokenScores(ids, 0, logProb, rank, topIds, topProbs);
  }

  private static int[] withBos(int[] ids, int count) {
    int[] context = new int[count + 1];
    System.arraycopy(ids, 0, context, 1, count);
    return context;
  }

  @Override
  public float[][] logProbabilities(int[] text) {
    float[][] out = new float[text.length][vocabulary];
    for (int i = 0; i < text.length; i++) {
      double[] row = row(withBos(text, i), i + 1);
      for (int v = 0; v < vocabulary; v++) {
        out[i][v] = (float) row[v];
      }
    }
    return out;
  }

  @Override
  public float[][][] gradient(InputSpace space, int[][] tokens) {
    float[][][] out = new float[tokens.length][space.length()][vocabulary];
    for (int b = 0; b < tokens.length; b++) {
      gradientPositions += 3L * space.length();
      for (int i = 0; i < space.length(); i++) {
        for (int v : space.allowed()) {
          int[] y = tokens[b].clone();
          y[i] = v;
          out[b][i][v] = (float) energy(space, y);
        }
      }
    }
    return out;
  }

  /** Token positions that gradients stood for so far: a forward and a backward pass count three. */
  public long gradientPositions() {
    return gradientPositions;
  }

  @Override
  public void close() {}
}
