package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.Activation;

/** Activations composed from the operations that the engine offers. */
final class Activations {
  /** Elements of a block: half a megabyte of float32. */
  private static final long BLOCK = 1 << 17;

  private static final double LEAK = 0.01;

  private final Activation kind;
  private final PtNDArray cubic;
  private final PtNDArray linear;

  Activations(Activation kind, NDManager manager, DataType dtype) {
    this.kind = kind;
    double outer = 2 * Math.sqrt(2 / Math.PI);
    float slope = kind == Activation.QUICK_GELU ? 1.702f : (float) outer;
    this.cubic = constant(manager, dtype, (float) (outer * 0.044715));
    this.linear = constant(manager, dtype, slope);
  }

  private static PtNDArray constant(NDManager manager, DataType dtype, float value) {
    return Torch.of(manager.create(new float[] {value}).toType(dtype, false));
  }

  /**
   * Applies the activation to x [rows, width]. Without a gradient, what is composed of several
   * passes is done in place, a block of rows at a time that stays in the processor's cache.
   *
   * @return x itself, or a new array instead of x, which is then freed
   */
  PtNDArray apply(PtNDArray x, boolean gradient) {
    PtNDArray y =
        switch (kind) {
          case GELU -> JniUtils.gelu(x);
          case RELU -> JniUtils.relu(x);
          case TANH -> JniUtils.tanh(x);
          case SIGMOID -> JniUtils.sigmoid(x);
          case LEAKY_RELU -> JniUtils.leakyRelu(x, LEAK);
          case RELU_SQUARED -> JniUtils.square(JniUtils.relu(x));
          case RELU6 -> JniUtils.clip(x, 0, 6);
          case MISH -> JniUtils.mul(x, JniUtils.tanh(JniUtils.softPlus(x)));
          case LINEAR -> x;
          case GELU_TANH, QUICK_GELU, SILU -> gradient ? timesSigmoid(x) : inBlocks(x);
        };
    if (y != x) {
      x.close();
    }
    return y;
  }

  private PtNDArray timesSigmoid(PtNDArray x) {
    PtNDArray argument =
        switch (kind) {
          case GELU_TANH ->
              JniUtils.mul(JniUtils.add(JniUtils.mul(JniUtils.square(x), cubic), linear), x);
          case QUICK_GELU -> JniUtils.mul(x, linear);
          default -> x;
        };
    return JniUtils.mul(JniUtils.sigmoid(argument), x);
  }

  private PtNDArray inBlocks(PtNDArray x) {
    long rows = x.getShape().get(0);
    long step = Math.max(1, BLOCK / x.getShape().get(1));
    if (rows <= step) {
      timesSigmoidInPlace(x);
      return x;
    }
    for (long from = 0; from < rows; from += step) {
      try (PtNDArray block = Torch.slice(x, 0, from, Math.min(rows, from + step))) {
        timesSigmoidInPlace(block);
      }
    }
    return x;
  }

  private void timesSigmoidInPlace(PtNDArray x) {
    PtNDArray argument = argument(x);
    PtNDArray share = JniUtils.sigmoid(argument);
    JniUtils.muli(x, share);
    share.close();
    if (argument != x) {
      argument.close();
    }
  }

  /** 2√(2/π)(x + 0.044715x³) = x·(c₁ + c₃x²), or 1.702x, or x. */
  private PtNDArray argument(PtNDArray x) {
    if (kind == Activation.SILU) {
      return x;
    }
    if (kind == Activation.QUICK_GELU) {
      return JniUtils.mul(x, linear);
    }
    PtNDArray t = JniUtils.square(x);
    JniUtils.muli(t, cubic);
    JniUtils.addi(t, linear);
    JniUtils.muli(t, x);
    return t;
  }
}
