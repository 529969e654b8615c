package io.modeldiff.core.lm;

import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a {@link TableLanguageModel}; refuses every call that the contract does not allow.
 */
final class TableLaneCache implements LaneCache {
  private final TableLanguageModel model;
  private final InputSpace space;
  private final int[][] tokens;
  private int filled;
  private long positions;
  private @Nullable Proposal pending;
  private int[][] proposed = new int[0][];
  private boolean closed;

  TableLaneCache(TableLanguageModel model, InputSpace space, int lanes) {
    this.model = model;
    this.space = space;
    this.tokens = new int[lanes][space.length()];
  }

  @Override
  public InputSpace space() {
    return space;
  }

  @Override
  public int lanes() {
    return tokens.length;
  }

  @Override
  public int filled() {
    return filled;
  }

  @Override
  public Conditionals load(int[][] sequences, double[] betas) {
    require(sequences.length == tokens.length, "one sequence per lane");
    for (int c = 0; c < tokens.length; c++) {
      tokens[c] = sequences[c].clone();
    }
    filled = space.length();
    forget();
    return conditionals(tokens, 0, space.length(), b -> betas);
  }

  @Override
  public void clear() {
    filled = 0;
    forget();
  }

  @Override
  public Conditionals propose(Proposal p) {
    require(filled == space.length(), "proposals need full lanes");
    require(p.lanes().length > 0, "a proposal needs a lane");
    require(p.from() <= p.to() && p.to() <= space.length(), "0 <= from <= to <= N");
    forget();
    proposed = new int[p.lanes().length][];
    for (int b = 0; b < proposed.length; b++) {
      require(b == 0 || p.lanes()[b] > p.lanes()[b - 1], "lanes ascending");
      int[] y = tokens[p.lanes()[b]].clone();
      for (int i = p.from(); i < p.to(); i++) {
        y[i] = draw(y, i, p.beta()[b], p.uniforms()[b][i - p.from()]);
      }
      System.arraycopy(p.candidate()[b], p.to(), y, p.to(), space.length() - p.to());
      proposed[b] = y;
    }
    pending = p;
    return conditionals(
        proposed,
        p.from(),
        space.length(),
        b -> p.normalizers() ? new double[] {p.beta()[b]} : new double[0]);
  }

  @Override
  public void accept(boolean[] accepted) {
    Proposal p = pending;
    if (p == null || accepted.length != p.lanes().length) {
      throw new IllegalStateException("accept without a matching proposal");
    }
    for (int b = 0; b < accepted.length; b++) {
      if (accepted[b]) {
        tokens[p.lanes()[b]] = proposed[b];
      }
    }
    forget();
  }

  @Override
  public Conditionals extend(double[] beta, double[] uniforms, double[] betas) {
    require(filled < space.length(), "lanes already full");
    forget();
    for (int c = 0; c < tokens.length; c++) {
      tokens[c][filled] = draw(tokens[c], filled, beta[c], uniforms[c]);
    }
    filled++;
    return conditionals(tokens, filled - 1, filled, b -> betas);
  }

  @Override
  public float[][] next() {
    require(filled < space.length(), "lanes already full");
    forget();
    float[][] rows = new float[tokens.length][];
    for (int c = 0; c < tokens.length; c++) {
      double[] row = model.allowedRow(space, tokens[c], filled);
      rows[c] = new float[row.length];
      for (int v = 0; v < row.length; v++) {
        rows[c][v] = (float) row[v];
      }
    }
    positions += tokens.length;
    return rows;
  }

  @Override
  public void append(int[] next) {
    require(filled < space.length() && next.length == tokens.length, "a token for every lane");
    forget();
    for (int c = 0; c < tokens.length; c++) {
      tokens[c] = tokens[c].clone();
      tokens[c][filled] = next[c];
    }
    filled++;
  }

  @Override
  public void reindex(int[] ancestors) {
    int[][] old = new int[tokens.length][];
    Arrays.setAll(old, c -> tokens[c].clone());
    for (int c = 0; c < tokens.length; c++) {
      tokens[c] = old[ancestors[c]].clone();
    }
    forget();
  }

  @Override
  public long positions() {
    return positions;
  }

  @Override
  public void close() {
    closed = true;
  }

  private int draw(int[] x, int i, double beta, double uniform) {
    double[] row = model.allowedRow(space, x, i);
    double sum = 0;
    for (double l : row) {
      sum += Math.exp(beta * l);
    }
    double rest = uniform * sum;
    int a = 0;
    while (a < row.length - 1 && rest >= Math.exp(beta * row[a])) {
      rest -= Math.exp(beta * row[a++]);
    }
    return space.allowed()[a];
  }

  private Conditionals conditionals(
      int[][] rows, int from, int to, IntFunction<double[]> betasOfRow) {
    double[][] logP = new double[rows.length][to - from];
    double[][][] logC = new double[rows.length][to - from][];
    int[][] copy = new int[rows.length][];
    for (int b = 0; b < rows.length; b++) {
      copy[b] = rows[b].clone();
      double[] betas = betasOfRow.apply(b);
      for (int i = from; i < to; i++) {
        double[] row = model.allowedRow(space, rows[b], i);
        logP[b][i - from] = row[TableLanguageModel.indexOf(space, rows[b][i])];
        logC[b][i - from] = new double[betas.length];
        for (int k = 0; k < betas.length; k++) {
          double sum = 0;
          for (double l : row) {
            sum += Math.exp(betas[k] * l);
          }
          logC[b][i - from][k] = Math.log(sum);
        }
      }
    }
    positions += (long) rows.length * (to - from);
    return new Conditionals(from, copy, logP, logC);
  }

  private void forget() {
    require(!closed, "the cache is closed");
    pending = null;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException(what);
    }
  }
}
