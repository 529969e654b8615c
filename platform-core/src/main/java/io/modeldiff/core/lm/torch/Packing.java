package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.stream.IntStream;

/**
 * Texts of different lengths in one pass: what works token by token runs their tokens alone, one
 * text after the other; attention runs the rectangle that they fill in part.
 *
 * @param positions [n] input position of each token
 * @param rectangle [rows·tokens] the token at each place of the rectangle, any where there is none
 * @param places [n] place in the rectangle of each token
 */
record Packing(PtNDArray positions, PtNDArray rectangle, PtNDArray places)
    implements AutoCloseable {

  /**
   * Packs rows.
   *
   * @param lengths tokens of each row
   * @param span tokens of the rectangle's rows, at least the longest
   */
  static Packing of(NDManager manager, int[] lengths, int span) {
    int run = IntStream.of(lengths).sum();
    long[] positions = new long[run];
    long[] places = new long[run];
    long[] rectangle = new long[lengths.length * span];
    int at = 0;
    for (int r = 0; r < lengths.length; r++) {
      for (int t = 0; t < lengths[r]; t++) {
        positions[at] = t;
        places[at] = (long) r * span + t;
        rectangle[r * span + t] = at++;
      }
    }
    return new Packing(
        Torch.longs(manager, positions, run),
        Torch.longs(manager, rectangle, rectangle.length),
        Torch.longs(manager, places, run));
  }

  @Override
  public void close() {
    Torch.close(positions, rectangle, places);
  }
}
