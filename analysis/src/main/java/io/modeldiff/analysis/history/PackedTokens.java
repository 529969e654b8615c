package io.modeldiff.analysis.history;

/**
 * Sequences of equal length, each token in as few bytes as the largest id needs: an array of ints
 * per sequence takes three to ten times the memory.
 */
public final class PackedTokens {
  private final byte[] data;
  private final int length;
  private final int width;

  private PackedTokens(byte[] data, int length, int width) {
    this.data = data;
    this.length = length;
    this.width = width;
  }

  /**
   * Packs sequences.
   *
   * @param sequences [sequence][N] token ids, not negative
   */
  public static PackedTokens of(int[][] sequences) {
    int length = sequences.length == 0 ? 0 : sequences[0].length;
    int width = width(sequences);
    byte[] data = new byte[Math.multiplyExact(sequences.length * length, width)];
    PackedTokens packed = new PackedTokens(data, length, width);
    for (int i = 0; i < sequences.length; i++) {
      if (sequences[i].length != length) {
        throw new IllegalArgumentException("all sequences must have the same length");
      }
      for (int t = 0; t < length; t++) {
        packed.put(i, t, sequences[i][t]);
      }
    }
    return packed;
  }

  private static int width(int[][] sequences) {
    int used = 0;
    for (int[] sequence : sequences) {
      for (int token : sequence) {
        used |= token;
      }
    }
    return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(used) + 7) / 8);
  }

  private void put(int i, int t, int token) {
    int at = (i * length + t) * width;
    for (int b = 0; b < width; b++) {
      data[at + b] = (byte) (token >>> 8 * b);
    }
  }

  private int get(int i, int t) {
    int at = (i * length + t) * width;
    int token = 0;
    for (int b = 0; b < width; b++) {
      token |= (data[at + b] & 0xFF) << 8 * b;
    }
    return token;
  }

  /** The token ids of a sequence. */
  public int[] sequence(int i) {
    int[] tokens = new int[length];
    for (int t = 0; t < length; t++) {
      tokens[t] = get(i, t);
    }
    return tokens;
  }

  /** At how many places a sequence has the same token as one of {@code other}. */
  public int inCommon(int i, PackedTokens other, int j) {
    int equal = 0;
    for (int t = 0; t < length; t++) {
      equal += get(i, t) == other.get(j, t) ? 1 : 0;
    }
    return equal;
  }

  /** N, tokens of a sequence. */
  public int length() {
    return length;
  }
}
