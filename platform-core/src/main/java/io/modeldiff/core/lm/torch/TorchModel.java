package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelDirectory.MaskIds;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.PrefixTree;
import io.modeldiff.core.lm.TokenScores;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.lm.arch.Rope;
import io.modeldiff.core.lm.arch.TransformerSpec;
import io.modeldiff.core.lm.arch.TransformerWeights;
import io.modeldiff.core.lm.arch.WeightReader;
import io.modeldiff.core.space.InputSpace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A language model on DJL PyTorch. */
public final class TorchModel implements LanguageModel {
  private final ModelInfo info;
  private final Tokenizer tokenizer;
  private final DeviceQueue queue;
  private final NDManager manager;
  private final Transformer transformer;
  private final Masks masks;
  private final Head fullHead;
  private final long budget;
  private final @Nullable MaskIds maskIds;

  private TorchModel(
      ModelInfo info,
      Tokenizer tokenizer,
      DeviceQueue queue,
      NDManager manager,
      Transformer transformer,
      long budget,
      @Nullable MaskIds maskIds) {
    this.info = info;
    this.tokenizer = tokenizer;
    this.queue = queue;
    this.manager = manager;
    this.transformer = transformer;
    this.masks = new Masks(transformer.spec(), manager, transformer.dtype());
    this.fullHead = new Head(transformer, manager, null);
    this.budget = budget;
    this.maskIds = maskIds;
  }

  /** Loads the weights of a directory onto a device. */
  public static TorchModel load(ModelDirectory directory, LoadOptions options) {
    DeviceQueue queue = DeviceQueue.of(options.device());
    DataType dtype = dtype(options.dtype(), queue, directory.weights().storedHalf());
    return queue.call(
        () -> {
          NDManager manager = NDManager.newBaseManager(queue.device());
          try {
            TransformerSpec spec = directory.spec();
            TransformerWeights weights = weights(directory, manager, dtype);
            Transformer transformer = new Transformer(spec, weights, manager, dtype);
            String precision = dtype == DataType.FLOAT16 ? "f16" : "f32";
            return new TorchModel(
                directory.info(precision, queue.name()),
                directory.tokenizer(),
                queue,
                manager,
                transformer,
                options.memoryBudget(),
                spec.kind() == ModelKind.MASKED ? directory.maskIds() : null);
          } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
          }
        });
  }

  private static TransformerWeights weights(
      ModelDirectory directory, NDManager manager, DataType dtype) {
    try (NDManager scratch = NDManager.newBaseManager(ai.djl.Device.cpu())) {
      WeightReader reader =
          new WeightReader(
              directory.weights(), scratch, manager, dtype, directory.architecture().prefix());
      return directory.architecture().weights(directory.config(), directory.spec(), reader);
    }
  }

  private static DataType dtype(String wanted, DeviceQueue queue, boolean storedHalf) {
    return switch (wanted) {
      case "f32" -> DataType.FLOAT32;
      case "f16" -> DataType.FLOAT16;
      case "auto" -> storedHalf && queue.device().isGpu() ? DataType.FLOAT16 : DataType.FLOAT32;
      default ->
          throw UserException.badInput(
              "--dtype must be f32, f16 or auto, but was '" + wanted + "'.");
    };
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  DeviceQueue queue() {
    return queue;
  }

  NDManager manager() {
    return manager;
  }

  Transformer transformer() {
    return transformer;
  }

  Masks masks() {
    return masks;
  }

  /** Special tokens of a masked model, null for causal ones. */
  @Nullable MaskIds maskIds() {
    return maskIds;
  }

  Head fullHead() {
    return fullHead;
  }

  /** The output layer over the tokens of a space; close it unless it is {@link #fullHead}. */
  Head head(InputSpace space) {
    return space.allowsAll() ? fullHead : new Head(transformer, manager, space.allowed());
  }

  /**
   * Rows of one forward pass over {@code tokens} positions each: as many as stay in cache-friendly
   * sizes and within the memory budget, at least 2.
   */
  int passRows(int tokens) {
    return passRows(tokens, 1024);
  }

  /** The same for passes of another number of positions. */
  int passRows(int tokens, int positions) {
    TransformerSpec s = transformer.spec();
    long perToken =
        4L * (6L * s.width() + 3L * s.inner() * (s.gated() ? 2 : 1) + 2L * s.qkvWidth())
            + 8L * s.heads() * tokens;
    long byMemory = budget / Math.max(1, perToken * tokens);
    long bySpeed = Math.max(2, positions / tokens);
    return (int) Math.max(2, Math.min(byMemory, bySpeed));
  }

  void requireCausal() {
    if (info.kind() == ModelKind.MASKED) {
      throw UserException.badInput(
          "Model "
              + info.name()
              + " ("
              + info.architecture()
              + ") is a masked model: it can score text but not be sampled or enumerated.");
    }
  }

  void require(InputSpace space) {
    requireCausal();
    if (space.vocabulary() != info.vocabulary()) {
      throw UserException.badInput(
          "The input space has "
              + space.vocabulary()
              + " token ids, but model "
              + info.name()
              + " has "
              + info.vocabulary()
              + ".");
    }
    int inputs = space.prefix().length + space.length() - 1;
    if (inputs > info.positions()) {
      throw UserException.badInput(
          "N = "
              + space.length()
              + " behind a prefix of "
              + space.prefix().length
              + " tokens needs "
              + inputs
              + " positions, but model "
              + info.name()
              + " has "
              + info.positions()
              + "; use a smaller --length.");
    }
  }

  @Override
  public LaneCache openLanes(InputSpace space, int lanes) {
    require(space);
    if (lanes < 1) {
      throw UserException.badInput("--lanes must be at least 1, but was " + lanes + ".");
    }
    return queue.call(() -> new TorchLanes(this, space, lanes));
  }

  @Override
  public PrefixTree openTree(InputSpace space) {
    require(space);
    return queue.call(() -> new TorchTree(this, space, queue));
  }

  @Override
  public List<PrefixTree> openTrees(InputSpace space, int most) {
    List<PrefixTree> trees = new ArrayList<>();
    trees.add(openTree(space));
    if (((TorchTree) trees.get(0)).sharesModel()) {
      for (DeviceQueue other : queue.siblings(most - 1)) {
        trees.add(other.call(() -> new TorchTree(this, space, other)));
      }
    }
    return trees;
  }

  @Override
  public double[] energies(InputSpace space, int[][] tokens) {
    require(space);
    int inputs = Math.max(1, space.length() - (space.prefix().length == 0 ? 1 : 0));
    int rows = passRows(inputs);
    double[] energies = new double[tokens.length];
    try (LaneCache lanes = openLanes(space, rows)) {
      for (int from = 0; from < tokens.length; from += rows) {
        int[][] batch = new int[rows][];
        for (int r = 0; r < rows; r++) {
          batch[r] = tokens[Math.min(from + r, tokens.length - 1)];
        }
        var conditionals = lanes.load(batch, new double[0]);
        for (int r = 0; r < rows && from + r < tokens.length; r++) {
          energies[from + r] = conditionals.energyFrom(r);
        }
      }
    }
    return energies;
  }

  @Override
  public int longest() {
    Rope rope = transformer.spec().rope();
    return rope == null ? info.positions() : rope.longest(info.positions());
  }

  @Override
  public List<TokenScores> score(List<int[]> texts, int topK) {
    return new Scoring(this).score(texts, topK);
  }

  @Override
  public List<TokenScores> scoreSeeingLast(List<int[]> texts, int topK) {
    if (info.kind() != ModelKind.MASKED) {
      return LanguageModel.super.scoreSeeingLast(texts, topK);
    }
    return new Scoring(this, false).score(texts, topK);
  }

  @Override
  public List<TokenScores> score(List<int[]> texts, int[] prefix, int[] allowed, int topK) {
    requireCausal();
    if (allowed.length == info.vocabulary()) {
      return new Scoring(this, prefix, null, fullHead).score(texts, topK);
    }
    Head head = queue.call(() -> new Head(transformer, manager, allowed));
    try {
      return new Scoring(this, prefix, allowed, head).score(texts, topK);
    } finally {
      queue.call(
          () -> {
            head.close();
            return true;
          });
    }
  }

  @Override
  public float[][] logProbabilities(int[] text) {
    return new Scoring(this).logProbabilities(text);
  }

  @Override
  public float[][] forward(int[] input) {
    return new PlainForward(this).logProbabilities(input);
  }

  @Override
  public float[][][][] attention(int[] input) {
    return new PlainForward(this).attention(input);
  }

  @Override
  public float[][][] gradient(InputSpace space, int[][] tokens) {
    require(space);
    return queue.call(() -> new Gradients(this, space).of(tokens));
  }

  @Override
  public void close() {
    queue.call(
        () -> {
          manager.close();
          return true;
        });
  }
}
