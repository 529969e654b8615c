package io.modeldiff.analysis.lmdiff.instance;

/**
 * A stretch of text at whose ends both tokenizers have a token boundary.
 *
 * @param start first UTF-16 index
 * @param end after the last
 * @param bytes its length in UTF-8
 * @param bits1 surprisal under model 1, bits; NaN where a token of it is unscored
 * @param bits2 surprisal under model 2, bits; NaN likewise
 */
public record Segment(int start, int end, int bytes, double bits1, double bits2) {
  /** Whether both models score all of it. */
  public boolean comparable() {
    return !Double.isNaN(bits1) && !Double.isNaN(bits2);
  }
}
