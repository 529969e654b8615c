package io.modeldiff.core.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.modeldiff.core.random.KeyedRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A GPT-2 with differentiable operations, whose parameters carry the names and shapes of the
 * published format: matrices are [in, out], and the embedding is also the output layer.
 */
final class ToyNetwork extends AbstractBlock {
  /** Ten digits and the token that starts a sequence. */
  static final int VOCABULARY = 11;

  /** The token that starts a sequence. */
  static final int BOS = 10;

  static final int WIDTH = 64;
  static final int POSITIONS = 16;

  private static final float EPSILON = 1e-5f;
  private static final long START = 1;
  private static final float INITIAL_DEVIATION = 0.05f;

  // gelu_new(x) = x·sigmoid(x·(GELU_LINEAR + GELU_CUBIC·x²))
  private static final float GELU_LINEAR = (float) (2 * Math.sqrt(2 / Math.PI));
  private static final float GELU_CUBIC = 0.044715f * GELU_LINEAR;

  /**
   * Constants that live as long as the network. The operations with a {@code Number} free theirs at
   * once, while the backward pass still reads it.
   */
  private record Constants(NDArray scale, NDArray geluLinear, NDArray geluCubic, NDArray mask) {}

  private final ToySize size;
  private final Constants constants;
  private final Map<String, Parameter> named = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  ToyNetwork(ToySize size, NDManager manager) {
    this.size = size;
    this.constants =
        new Constants(
            manager.create((float) (1 / Math.sqrt(WIDTH / size.heads()))),
            manager.create(GELU_LINEAR),
            manager.create(GELU_CUBIC),
            causalMask(manager, ToySequences.LENGTH));
    declare("wte.weight", VOCABULARY, WIDTH);
    declare("wpe.weight", POSITIONS, WIDTH);
    for (int layer = 0; layer < size.layers(); layer++) {
      String block = "h." + layer + ".";
      declareNorm(block + "ln_1");
      declareLinear(block + "attn.c_attn", WIDTH, 3 * WIDTH);
      declareLinear(block + "attn.c_proj", WIDTH, WIDTH);
      declareNorm(block + "ln_2");
      declareLinear(block + "mlp.c_fc", WIDTH, 4 * WIDTH);
      declareLinear(block + "mlp.c_proj", 4 * WIDTH, WIDTH);
    }
    declareNorm("ln_f");
  }

  private void declareNorm(String name) {
    declare(name + ".weight", WIDTH);
    declare(name + ".bias", WIDTH);
  }

  private void declareLinear(String name, int in, int out) {
    declare(name + ".weight", in, out);
    declare(name + ".bias", out);
  }

  private void declare(String name, long... shape) {
    Parameter parameter = Parameter.builder().setName(name).setType(Parameter.Type.OTHER).build();
    named.put(name, addParameter(parameter));
    shapes.put(name, new Shape(shape));
  }

  /** The parameters by their published names (without the {@code transformer.} prefix). */
  Map<String, Parameter> named() {
    return named;
  }

  /** Sets every parameter to its seeded starting value. */
  void start(NDManager manager, long seed) {
    long index = 0;
    for (Map.Entry<String, Parameter> entry : named.entrySet()) {
      Shape shape = Objects.requireNonNull(shapes.get(entry.getKey()));
      float[] values = startingValues(entry.getKey(), shape, KeyedRandom.of(seed, START, index++));
      NDArray array = manager.create(values, shape);
      array.setRequiresGradient(true);
      entry.getValue().setArray(array);
    }
  }

  private float[] startingValues(String name, Shape shape, KeyedRandom random) {
    float[] values = new float[(int) shape.size()];
    if (name.endsWith(".bias")) {
      return values;
    }
    if (name.contains("ln_")) {
      Arrays.fill(values, 1f);
      return values;
    }
    // Projections into the residual stream start smaller, so that its variance does not grow with
    // depth (GPT-2, section 2.3).
    double deviation =
        name.contains("c_proj")
            ? INITIAL_DEVIATION / Math.sqrt(2.0 * size.layers())
            : INITIAL_DEVIATION;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.normal());
    }
    return values;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray ids = inputs.head();
    Map<String, NDArray> weights = new LinkedHashMap<>();
    named.forEach((name, p) -> weights.put(name, store.getValue(p, ids.getDevice(), training)));
    return new NDList(logits(weights, ids));
  }

  /**
   * @param ids [batch, T] input tokens, BOS first
   * @return [batch·T, vocabulary] logits of the token that follows each input
   */
  private NDArray logits(Map<String, NDArray> weights, NDArray ids) {
    int batch = (int) ids.getShape().get(0);
    int length = (int) ids.getShape().get(1);
    NDManager manager = ids.getManager();
    NDArray tokens =
        Embedding.embedding(ids, get(weights, "wte.weight"), SparseFormat.DENSE).head();
    NDArray positions =
        Embedding.embedding(manager.arange(length), get(weights, "wpe.weight"), SparseFormat.DENSE)
            .head();
    NDArray x = tokens.add(positions).reshape(-1, WIDTH);
    for (int layer = 0; layer < size.layers(); layer++) {
      String block = "h." + layer + ".";
      NDArray normed = norm(weights, block + "ln_1", x);
      x = x.add(attention(weights, block + "attn.", normed, batch, length));
      normed = norm(weights, block + "ln_2", x);
      NDArray hidden = gelu(linear(weights, block + "mlp.c_fc", normed));
      x = x.add(linear(weights, block + "mlp.c_proj", hidden));
    }
    return Linear.linear(norm(weights, "ln_f", x), get(weights, "wte.weight")).head();
  }

  private NDArray attention(
      Map<String, NDArray> weights, String name, NDArray x, int batch, int length) {
    int heads = size.heads();
    int width = WIDTH / heads;
    NDArray qkv =
        linear(weights, name + "c_attn", x)
            .reshape(batch, length, 3, heads, width)
            .transpose(2, 0, 3, 1, 4)
            .reshape(3, (long) batch * heads, length, width);
    NDArray keys = qkv.get(1).transpose(0, 2, 1);
    NDArray scores = qkv.get(0).matMul(keys).mul(constants.scale()).add(constants.mask());
    NDArray mixed =
        scores
            .softmax(-1)
            .matMul(qkv.get(2))
            .reshape(batch, heads, length, width)
            .transpose(0, 2, 1, 3)
            .reshape(-1, WIDTH);
    return linear(weights, name + "c_proj", mixed);
  }

  private static NDArray causalMask(NDManager manager, int length) {
    float[] mask = new float[length * length];
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        mask[i * length + j] = Float.NEGATIVE_INFINITY;
      }
    }
    return manager.create(mask, new Shape(length, length));
  }

  private static NDArray norm(Map<String, NDArray> weights, String name, NDArray x) {
    return LayerNorm.layerNorm(
            x,
            new Shape(WIDTH),
            get(weights, name + ".weight"),
            get(weights, name + ".bias"),
            EPSILON)
        .head();
  }

  private static NDArray linear(Map<String, NDArray> weights, String name, NDArray x) {
    return x.matMul(get(weights, name + ".weight")).add(get(weights, name + ".bias"));
  }

  private NDArray gelu(NDArray x) {
    NDArray slope = x.square().mul(constants.geluCubic()).add(constants.geluLinear());
    return x.mul(Activation.sigmoid(slope.mul(x)));
  }

  private static NDArray get(Map<String, NDArray> weights, String name) {
    NDArray weight = weights.get(name);
    if (weight == null) {
      throw new IllegalStateException("No parameter " + name);
    }
    return weight;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0) * inputs[0].get(1), VOCABULARY)};
  }
}
