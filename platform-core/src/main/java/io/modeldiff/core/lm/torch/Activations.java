package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.Activation;

/** Activations composed from the operations that the engine offers. */
final class Activations {
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

  /** Applies the activation to x, which is freed; the result is a new contiguous array. */
  PtNDArray apply(PtNDArray x, boolean gradient) {
    PtNDArray y =
        switch (kind) {
          case GELU -> JniUtils.gelu(x);
          case GELU_TANH -> timesSigmoid(x, geluArgument(x, gradient), gradient);
          case QUICK_GELU -> timesSigmoid(x, JniUtils.mul(x, linear), gradient);
          case RELU -> JniUtils.relu(x);
          case SILU -> timesSigmoid(x, x, gradient);
          case TANH -> JniUtils.tanh(x);
        };
    x.close();
    return y;
  }

  /** 2√(2/π)(x + 0.044715x³) = x·(c₁ + c₃x²). */
  private PtNDArray geluArgument(PtNDArray x, boolean gradient) {
    PtNDArray t = JniUtils.square(x);
    if (gradient) {
      return JniUtils.mul(JniUtils.add(JniUtils.mul(t, cubic), linear), x);
    }
    JniUtils.muli(t, cubic);
    JniUtils.addi(t, linear);
    JniUtils.muli(t, x);
    return t;
  }

  /** x·sigmoid(argument); the argument is freed unless it is x itself. */
  private static PtNDArray timesSigmoid(PtNDArray x, PtNDArray argument, boolean gradient) {
    PtNDArray s = JniUtils.sigmoid(argument);
    if (argument != x) {
      argument.close();
    }
    if (gradient) {
      return JniUtils.mul(s, x);
    }
    JniUtils.muli(s, x);
    return s;
  }
}
