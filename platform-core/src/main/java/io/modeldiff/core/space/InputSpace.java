package io.modeldiff.core.space;

import io.modeldiff.core.error.UserException;
import java.util.Arrays;

/**
 * The input space Ω of one model, resolved to token ids: all sequences of {@code length} tokens
 * over the allowed tokens, behind a fixed prefix.
 *
 * <p>With a prefix (BOS or a prompt) all N tokens are scored, so n = N and Σ_x exp(−E(x)) = 1.
 * Without one the first token cannot be scored: n = N − 1, its log-probability counts as 0 and its
 * log normaliser as log V for every β, so that Σ_x exp(−E(x)) = V. Where fewer than all tokens are
 * allowed, probabilities are renormalised over the allowed ones.
 *
 * @param length N, the number of tokens of a sequence
 * @param prefix token ids before the sequence, possibly empty; never scored
 * @param allowed sorted distinct ids that may appear in a sequence
 * @param vocabulary size of the model's vocabulary
 */
public record InputSpace(int length, int[] prefix, int[] allowed, int vocabulary) {
  public InputSpace {
    if (length < 1) {
      throw UserException.badInput("The length N must be at least 1, but was " + length + ".");
    }
    prefix = prefix.clone();
    allowed = Arrays.stream(allowed).sorted().distinct().toArray();
    if (allowed.length == 0) {
      throw UserException.badInput("At least one token must be allowed, but --allow left none.");
    }
    requireIds("prefix", prefix, vocabulary);
    requireIds("allowed", allowed, vocabulary);
    if (prefix.length == 0 && length < 2) {
      throw UserException.badInput(
          "Without a prefix the first token is not scored, so N must be at least 2; use --prefix bos.");
    }
  }

  private static void requireIds(String what, int[] ids, int vocabulary) {
    for (int id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw UserException.badInput(
            "Token id "
                + id
                + " ("
                + what
                + ") is outside the vocabulary 0.."
                + (vocabulary - 1)
                + ".");
      }
    }
  }

  /** Every token allowed. */
  public static InputSpace all(int length, int[] prefix, int vocabulary) {
    int[] ids = new int[vocabulary];
    Arrays.setAll(ids, i -> i);
    return new InputSpace(length, prefix, ids, vocabulary);
  }

  /** Whether every token of the vocabulary is allowed. */
  public boolean allowsAll() {
    return allowed.length == vocabulary;
  }

  /** n, the number of scored positions. */
  public int scored() {
    return prefix.length == 0 ? length - 1 : length;
  }

  /** log Z(1) = log Σ_x exp(−E(x)): 0 with a prefix, log V without. */
  public double logPartitionAtOne() {
    return prefix.length == 0 ? Math.log(allowed.length) : 0.0;
  }

  /** log Z(0) = N log V, the log number of inputs (nats). */
  public double logPartitionAtZero() {
    return length * Math.log(allowed.length);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof InputSpace s
        && s.length == length
        && s.vocabulary == vocabulary
        && Arrays.equals(s.prefix, prefix)
        && Arrays.equals(s.allowed, allowed);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(prefix) + Arrays.hashCode(allowed) + 7 * length + vocabulary;
  }

  @Override
  public String toString() {
    return "InputSpace[N="
        + length
        + ", prefix="
        + Arrays.toString(prefix)
        + ", allowed="
        + allowed.length
        + " of "
        + vocabulary
        + "]";
  }
}
