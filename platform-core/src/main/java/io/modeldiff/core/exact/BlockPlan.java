package io.modeldiff.core.exact;

import io.modeldiff.core.space.InputSpace;

/**
 * How the sequences of a space are cut into blocks of consecutive ranks: the leading tokens are
 * fixed within a block, the trailing ones run through everything.
 *
 * @param allowed the tokens of each position, ascending
 * @param fixed number of leading tokens
 * @param size sequences of one block
 * @param blocks number of blocks
 */
record BlockPlan(int[] allowed, int fixed, int size, long blocks) {
  /**
   * @param largest sequences of one block at most, except that one position is always free
   */
  static BlockPlan of(InputSpace space, int largest) {
    int[] allowed = space.allowed();
    int free = 1;
    while (free < space.length() && power(allowed.length, free + 1) <= largest) {
      free++;
    }
    int fixed = space.length() - free;
    return new BlockPlan(
        allowed, fixed, Math.toIntExact(power(allowed.length, free)), power(allowed.length, fixed));
  }

  private static long power(int base, int exponent) {
    long result = 1;
    for (int i = 0; i < exponent; i++) {
      result = Math.multiplyExact(result, base);
    }
    return result;
  }

  /** The leading tokens of a block: its number's digits in base V. */
  int[] start(long block) {
    int[] start = new int[fixed];
    long rest = block;
    for (int i = fixed - 1; i >= 0; i--) {
      start[i] = allowed[(int) (rest % allowed.length)];
      rest /= allowed.length;
    }
    return start;
  }
}
