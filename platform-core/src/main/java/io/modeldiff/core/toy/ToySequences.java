package io.modeldiff.core.toy;

import io.modeldiff.core.random.KeyedRandom;
import java.util.BitSet;

/**
 * The toy's training data: distinct strings of eight digits whose sum is divisible by 30, drawn
 * uniformly from the 3,785,821 that exist.
 */
public final class ToySequences {
  /** Digits of a sequence. */
  public static final int LENGTH = 8;

  /** What the digit sum of a valid sequence is divisible by. */
  public static final int MODULUS = 30;

  private static final int ALL = 100_000_000;
  private static final long STREAM = 0x70795345514CL;

  private ToySequences() {}

  /** Draws {@code count} distinct valid sequences, each as its eight-digit decimal number. */
  public static int[] draw(int count, long seed) {
    KeyedRandom random = KeyedRandom.of(seed, STREAM);
    BitSet seen = new BitSet(ALL);
    int[] drawn = new int[count];
    for (int i = 0; i < count; ) {
      int candidate = random.below(ALL);
      if (isValid(candidate) && !seen.get(candidate)) {
        seen.set(candidate);
        drawn[i++] = candidate;
      }
    }
    return drawn;
  }

  /** Whether the digits of a number below 10^8 add up to a multiple of 30. */
  public static boolean isValid(int sequence) {
    int sum = 0;
    for (int rest = sequence; rest > 0; rest /= 10) {
      sum += rest % 10;
    }
    return sum % MODULUS == 0;
  }

  /** The digit at a position, 0 being the most significant. */
  static int digit(int sequence, int position) {
    int rest = sequence;
    for (int i = LENGTH - 1; i > position; i--) {
      rest /= 10;
    }
    return rest % 10;
  }
}
