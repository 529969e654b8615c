package io.modeldiff.core.lm.arch;

import io.modeldiff.core.lm.files.ConfigJson;

/** Non-linearities of feed-forward layers, by the names that config.json uses. */
public enum Activation {
  /** x·Φ(x), with the error function. */
  GELU,
  /** The tanh approximation of GELU, equal to x·sigmoid(2√(2/π)(x + 0.044715x³)). */
  GELU_TANH,
  /** x·sigmoid(1.702x). */
  QUICK_GELU,
  /** max(x, 0). */
  RELU,
  /** x·sigmoid(x). */
  SILU,
  /** tanh x. */
  TANH,
  /** 1/(1 + e^(−x)). */
  SIGMOID,
  /** max(x, x/100). */
  LEAKY_RELU,
  /** max(x, 0)². */
  RELU_SQUARED,
  /** min(max(x, 0), 6). */
  RELU6,
  /** x·tanh(ln(1 + eˣ)). */
  MISH,
  /** x. */
  LINEAR;

  /** Reads an activation field. */
  public static Activation of(ConfigJson config, String field, String absent) {
    String name = config.text(field, absent);
    return switch (name) {
      case "gelu", "gelu_python" -> GELU;
      case "gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_fast", "gelu_accurate" ->
          GELU_TANH;
      case "quick_gelu" -> QUICK_GELU;
      case "relu" -> RELU;
      case "silu", "swish" -> SILU;
      case "tanh" -> TANH;
      case "sigmoid" -> SIGMOID;
      case "leaky_relu" -> LEAKY_RELU;
      case "relu2" -> RELU_SQUARED;
      case "relu6" -> RELU6;
      case "mish" -> MISH;
      case "linear" -> LINEAR;
      default ->
          throw config.unsupported(
              field,
              name,
              "gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, quick_gelu, relu, silu, swish, tanh,"
                  + " sigmoid, leaky_relu, relu2, relu6, mish, linear");
    };
  }
}
