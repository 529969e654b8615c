package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import io.modeldiff.core.lm.arch.Activation;
import io.modeldiff.core.lm.arch.Norm;
import io.modeldiff.core.lm.arch.TransformerSpec;
import io.modeldiff.core.lm.arch.TransformerWeights;
import io.modeldiff.core.lm.arch.TransformerWeights.Affine;
import io.modeldiff.core.lm.arch.TransformerWeights.Layer;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a narrow pre-norm transformer rewritten so that a position needs fewer
 * element-wise operations, with the same function up to rounding:
 *
 * <ul>
 *   <li>Gain and shift of a layer normalisation move into the matrix behind it, and so does that
 *       one's bias: a normalised row n is orthogonal to the vector of ones, so that a matrix W and
 *       a bias c are one matrix that is applied to n + 1, W with the mean of each row taken out and
 *       c/d put in.
 *   <li>The tanh approximation of GELU is a cubic polynomial inside a sigmoid; scaling the rows of
 *       the first feed-forward matrix makes that −x·sigmoid(arg) with −arg = u³ + κu, and the
 *       second matrix takes the scale out again.
 * </ul>
 */
final class FoldedWeights {
  /** Wider models spend their time in matrix products, and a second copy of theirs costs memory. */
  private static final int WIDEST = 256;

  // exp of ±80 leaves room for sums and products in float32.
  private static final double LARGEST_SCORE = 80;

  /**
   * One block; matrices as {@link Affine#weight} (out, in), to be applied to n + 1 where they
   * follow a normalisation.
   *
   * @param qkv all queries (scaled), then all keys, then all values
   */
  record Block(PtNDArray qkv, Affine out, PtNDArray up, Affine down) {}

  final PtNDArray tokens;
  final @Nullable PtNDArray positions;
  final Block[] blocks;
  final PtNDArray head;

  private final TransformerSpec spec;
  private final NDManager manager;

  private FoldedWeights(TransformerSpec spec, TransformerWeights w, Head head, NDManager manager) {
    this.spec = spec;
    this.manager = manager;
    double[][] embeddings = matrix(head.input());
    scale(embeddings, spec.embeddingScale());
    this.tokens = array(embeddings);
    NDArray learned = w.positions();
    this.positions = learned == null ? null : Torch.of(learned);
    this.blocks = w.layers().stream().map(this::block).toArray(Block[]::new);
    this.head = behindNorm(finalNorm(w), head.output());
  }

  /**
   * The folded weights, or null where the rewriting does not apply: another architecture, or
   * attention scores that could overflow without the usual subtraction of the largest.
   */
  static @Nullable FoldedWeights of(Transformer transformer, Head head, NDManager manager) {
    TransformerSpec s = transformer.spec();
    TransformerWeights w = transformer.weights();
    boolean fits =
        transformer.dtype() == DataType.FLOAT32
            && !manager.getDevice().isGpu()
            && s.width() <= WIDEST
            && s.norm() == Norm.LAYER
            && !s.postNorm()
            && !s.parallel()
            && !s.gated()
            && s.rope() == null
            && s.group() == 1
            && !s.windowed().contains(true)
            && w.embeddingNorm() == null
            && w.finalNorm() != null
            && w.transform() == null
            && w.headBias() == null
            && w.layers().stream().allMatch(l -> l.norm1() != null && l.norm2() != null);
    if (!fits) {
      return null;
    }
    for (Layer layer : w.layers()) {
      if (largestScore(s, layer) > LARGEST_SCORE) {
        return null;
      }
    }
    return new FoldedWeights(s, w, head, manager);
  }

  private static Affine finalNorm(TransformerWeights w) {
    return required(w.finalNorm());
  }

  private static Affine required(@Nullable Affine affine) {
    if (affine == null) {
      throw new IllegalStateException("a normalisation with weights is checked before");
    }
    return affine;
  }

  /** The factor u = factor·x before the activation. */
  private static double activationScale(TransformerSpec spec) {
    return spec.activation() == Activation.GELU_TANH
        ? -Math.cbrt(2 * Math.sqrt(2 / Math.PI) * 0.044715)
        : 1;
  }

  /** κ of the cubic polynomial u³ + κu = −2√(2/π)(x + 0.044715x³). */
  static float cubicShift() {
    double slope = 2 * Math.sqrt(2 / Math.PI);
    return (float) (slope / Math.cbrt(slope * 0.044715));
  }

  private Block block(Layer layer) {
    double scale = activationScale(spec);
    double[][] up = folded(required(layer.norm2()), layer.up());
    scale(up, scale);
    return new Block(
        array(byPart(folded(required(layer.norm1()), layer.qkv()), spec)),
        layer.out(),
        array(up),
        scaled(layer.down(), 1 / scale));
  }

  private PtNDArray behindNorm(Affine norm, PtNDArray matrix) {
    return array(folded(norm, new Affine(matrix, null)));
  }

  private static void scale(double[][] rows, double factor) {
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= factor;
      }
    }
  }

  /** [out, in] to be applied to n + 1. */
  private static double[][] folded(Affine norm, Affine linear) {
    double[] gain = vector(norm.weight());
    double[] shift = norm.bias() == null ? new double[gain.length] : vector(norm.bias());
    double[][] w = matrix(linear.weight());
    double[] bias = linear.bias() == null ? new double[w.length] : vector(linear.bias());
    for (int o = 0; o < w.length; o++) {
      double constant = bias[o];
      double mean = 0;
      for (int i = 0; i < gain.length; i++) {
        constant += w[o][i] * shift[i];
        w[o][i] *= gain[i];
        mean += w[o][i] / gain.length;
      }
      for (int i = 0; i < gain.length; i++) {
        w[o][i] += constant / gain.length - mean;
      }
    }
    return w;
  }

  /** Rows ordered (head, part) to (part, head), for the parts query, key and value. */
  private static double[][] byPart(double[][] w, TransformerSpec spec) {
    double[][] sorted = new double[w.length][];
    int hd = spec.headDim();
    for (int i = 0; i < w.length; i++) {
      int h = i / (3 * hd);
      int part = i / hd % 3;
      sorted[(part * spec.heads() + h) * hd + i % hd] = w[i];
    }
    return sorted;
  }

  private Affine scaled(Affine linear, double factor) {
    if (factor == 1) {
      return linear;
    }
    double[][] w = matrix(linear.weight());
    scale(w, factor);
    return new Affine(array(w), linear.bias());
  }

  private static void centre(double[] row) {
    double mean = 0;
    for (double x : row) {
      mean += x / row.length;
    }
    for (int i = 0; i < row.length; i++) {
      row[i] -= mean;
    }
  }

  /**
   * A bound of |query·key| over all inputs. With n of length √d, query·key = nᵀAn′ + linear terms +
   * a constant; the largest singular value of A = QᵀK is bounded by a high moment of them.
   */
  private static double largestScore(TransformerSpec spec, Layer layer) {
    double[][] w = byPart(folded(required(layer.norm1()), layer.qkv()), spec);
    int hd = spec.headDim();
    double largest = 0;
    for (int h = 0; h < spec.heads(); h++) {
      double[] constantQ = new double[hd];
      double[] constantK = new double[hd];
      double[][] q = parts(w, h * hd, constantQ);
      double[][] k = parts(w, (spec.heads() + h) * hd, constantK);
      double bilinear = spec.width() * Math.pow(moment(gram(q), gram(k)), 1.0 / 16);
      double linear = length(k, constantQ) + length(q, constantK);
      double constant = 0;
      for (int i = 0; i < hd; i++) {
        constant += constantQ[i] * constantK[i];
      }
      double bound = bilinear + Math.sqrt(spec.width()) * linear + Math.abs(constant);
      largest = Math.max(largest, bound);
    }
    return largest;
  }

  /** The rows of one head without what they take from the ones, which goes to {@code constant}. */
  private static double[][] parts(double[][] w, int from, double[] constant) {
    double[][] rows = new double[constant.length][];
    for (int i = 0; i < constant.length; i++) {
      rows[i] = w[from + i].clone();
      for (double x : rows[i]) {
        constant[i] += x;
      }
      centre(rows[i]);
    }
    return rows;
  }

  private static double[][] gram(double[][] rows) {
    double[][] g = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        for (int c = 0; c < rows[i].length; c++) {
          g[i][j] += rows[i][c] * rows[j][c];
        }
      }
    }
    return g;
  }

  /** Σσ¹⁶ of the singular values of QᵀK, the trace of (QQᵀKKᵀ)⁸. */
  private static double moment(double[][] q, double[][] k) {
    double[][] m = product(q, k);
    for (int i = 0; i < 3; i++) {
      m = product(m, m);
    }
    double trace = 0;
    for (int i = 0; i < m.length; i++) {
      trace += m[i][i];
    }
    return Math.max(0, trace);
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        for (int x = 0; x < b.length; x++) {
          c[i][j] += a[i][x] * b[x][j];
        }
      }
    }
    return c;
  }

  /** ‖rowsᵀ·x‖. */
  private static double length(double[][] rows, double[] x) {
    double sum = 0;
    for (int c = 0; c < rows[0].length; c++) {
      double dot = 0;
      for (int i = 0; i < rows.length; i++) {
        dot += rows[i][c] * x[i];
      }
      sum += dot * dot;
    }
    return Math.sqrt(sum);
  }

  private static double[] vector(NDArray array) {
    float[] values = array.toFloatArray();
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static double[][] matrix(NDArray array) {
    int columns = (int) array.getShape().get(1);
    double[] flat = vector(array);
    double[][] rows = new double[flat.length / columns][columns];
    for (int i = 0; i < flat.length; i++) {
      rows[i / columns][i % columns] = flat[i];
    }
    return rows;
  }

  private PtNDArray array(double[][] rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / rows[0].length][i % rows[0].length];
    }
    return Torch.floats(manager, flat, rows.length, rows[0].length);
  }
}
