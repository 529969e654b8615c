package io.modeldiff.core.lm.arch;

import io.modeldiff.core.lm.ModelKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a transformer: everything the engine needs besides the weights.
 *
 * @param kind causal or masked
 * @param vocabulary number of scored token ids V
 * @param positions largest number of input positions
 * @param width d, the residual stream
 * @param layers number of blocks
 * @param heads query heads
 * @param kvHeads key/value heads; divides heads
 * @param headDim dimensions per head
 * @param inner width of the feed-forward layer
 * @param norm kind of normalisation
 * @param epsilon its ε
 * @param postNorm whether blocks normalise after adding (BERT) instead of before
 * @param parallel whether attention and feed-forward both read the block's input (GPT-NeoX)
 * @param activation of the feed-forward layer
 * @param gated whether the feed-forward layer is act(gate)·up
 * @param rope rotary positions, null when positions are learned
 * @param window sliding attention window in tokens, 0 for none
 * @param windowed for each layer, whether it has the window
 * @param embeddingScale factor on token embeddings, 1 for none
 */
public record TransformerSpec(
    ModelKind kind,
    int vocabulary,
    int positions,
    int width,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int inner,
    Norm norm,
    float epsilon,
    boolean postNorm,
    boolean parallel,
    Activation activation,
    boolean gated,
    @Nullable Rope rope,
    int window,
    List<Boolean> windowed,
    float embeddingScale) {

  /** Query heads per key/value head. */
  public int group() {
    return heads / kvHeads;
  }

  /** Columns of the fused query/key/value projection. */
  public int qkvWidth() {
    return (heads + 2 * kvHeads) * headDim;
  }

  /** Multiply-adds ×2 of the matrices for one token position, head excluded. */
  public double flopsPerPosition() {
    double attention = (double) width * qkvWidth() + (double) heads * headDim * width;
    double feedForward = (double) width * inner * (gated ? 3 : 2);
    return 2.0 * layers * (attention + feedForward);
  }
}
