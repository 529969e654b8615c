package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;

/**
 * Texts of different lengths in one pass: what works token by token runs {@link RunTokens} alone;
 * attention runs the rectangle that the texts fill in part.
 *
 * @param positions [n] input position of each token run
 * @param rectangle [rows·tokens] the token at each place of the rectangle, any where there is none
 * @param places [n] a place in the rectangle of each token
 */
record Packing(PtNDArray positions, PtNDArray rectangle, PtNDArray places)
    implements AutoCloseable {

  /**
   * Packs texts.
   *
   * @param span tokens of the rectangle's rows, at least the longest text's
   */
  static Packing of(NDManager manager, RunTokens run, int span) {
    long[] rectangle = run.rectangle(span);
    return new Packing(
        Torch.longs(manager, run.positions(), run.size()),
        Torch.longs(manager, rectangle, rectangle.length),
        Torch.longs(manager, run.inRectangle(span), run.size()));
  }

  @Override
  public void close() {
    Torch.close(positions, rectangle, places);
  }
}
