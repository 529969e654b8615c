package io.modeldiff.web.result.inputs;

import java.util.List;

/**
 * A sampled input with the number of inputs that it stands for.
 *
 * @param id within the comparison; it stays the same while the comparison grows
 * @param direction {@code AB} or {@code BA}: whose campaign found it
 * @param zA NLL under A, nats per token
 * @param zB NLL under B, nats per token
 * @param log10Weight log10 of the number of inputs it stands for
 * @param ids token ids
 * @param tokens vocabulary strings
 * @param text decoded text
 */
public record Input(
    String id,
    String direction,
    double zA,
    double zB,
    double log10Weight,
    List<Integer> ids,
    List<String> tokens,
    String text) {
  /** D = z_A − z_B, nats per token. */
  public double d() {
    return zA - zB;
  }
}
