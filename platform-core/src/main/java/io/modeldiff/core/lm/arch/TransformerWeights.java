package io.modeldiff.core.lm.arch;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a transformer in the layout that the engine computes with. Matrices are (out, in).
 *
 * @param tokens [V, d] token embeddings
 * @param positions [positions, d] learned positions (token-type embedding 0 included), or null
 * @param embeddingNorm normalisation of the embedding sum, or null
 * @param layers blocks
 * @param finalNorm normalisation before the head, or null
 * @param transform dense layer before the head (masked models), or null
 * @param transformNorm its normalisation, or null
 * @param head [V, d] output matrix
 * @param headBias [V], or null
 */
public record TransformerWeights(
    NDArray tokens,
    @Nullable NDArray positions,
    @Nullable Affine embeddingNorm,
    List<Layer> layers,
    @Nullable Affine finalNorm,
    @Nullable Affine transform,
    @Nullable Affine transformNorm,
    NDArray head,
    @Nullable NDArray headBias) {

  /** A matrix (or norm weight) with an optional bias. */
  public record Affine(NDArray weight, @Nullable NDArray bias) {}

  /**
   * One block.
   *
   * @param norm1 before (or, post-norm, after) attention; null when folded into {@code qkv}
   * @param qkv fused projection; rows ordered by key/value head: its query heads (already scaled by
   *     the attention scale), its key, its value
   * @param out attention output
   * @param norm2 before (or after) the feed-forward layer; null when folded into {@code up}
   * @param up first feed-forward matrix; gated: rows of the gate, then rows of up
   * @param down second feed-forward matrix
   */
  public record Layer(
      @Nullable Affine norm1,
      Affine qkv,
      Affine out,
      @Nullable Affine norm2,
      Affine up,
      Affine down) {}
}
