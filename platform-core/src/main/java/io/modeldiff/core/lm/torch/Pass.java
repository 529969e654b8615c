package io.modeldiff.core.lm.torch;

import org.jspecify.annotations.Nullable;

/**
 * One forward pass over a rectangle of tokens.
 *
 * @param rows sequences R
 * @param tokens new tokens T of each
 * @param start input position of the first of them
 * @param cache where keys and values of earlier positions are and those of the new ones go; null
 *     when start is 0 and nothing is to be kept
 * @param mask additive attention masks
 * @param siblings whether the new tokens are alternatives at the one position {@code start} rather
 *     than successive ones; the mask then hides them from each other
 * @param gradient whether the pass is differentiated, so that nothing may be overwritten
 * @param bulk whether products are those of {@link Products}
 * @param packing where the rows have different lengths and only their tokens are run; null where
 *     rows·tokens is what is run
 */
record Pass(
    int rows,
    int tokens,
    int start,
    @Nullable LaneStore cache,
    AttentionMask mask,
    boolean siblings,
    boolean gradient,
    boolean bulk,
    @Nullable Packing packing) {

  /** A pass over successive tokens that is not differentiated. */
  static Pass forward(
      int rows, int tokens, int start, @Nullable LaneStore cache, AttentionMask mask) {
    return new Pass(rows, tokens, start, cache, mask, false, false, false, null);
  }

  /** A pass over whole texts of which nothing is kept. */
  static Pass texts(int rows, int tokens, AttentionMask mask, @Nullable Packing packing) {
    return new Pass(rows, tokens, 0, null, mask, false, false, true, packing);
  }

  /** First position after the new tokens' own. */
  int endPosition() {
    return siblings ? start + 1 : start + tokens;
  }
}
