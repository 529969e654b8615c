package io.modeldiff.core.campaign;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.modeldiff.core.serialization.CborSerializable;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An {@link InputSpace} as stored: the allowed ids as ranges, so that a vocabulary of 50,000 tokens
 * takes two numbers.
 *
 * @param length N
 * @param prefix token ids before the sequence, never scored
 * @param allowedRanges inclusive ranges {first, last, first, last, ...}, ascending
 * @param vocabulary size of the model's vocabulary
 */
public record SpaceSpec(int length, int[] prefix, int[] allowedRanges, int vocabulary)
    implements CborSerializable {
  /** The stored form of a space. */
  public static SpaceSpec of(InputSpace space) {
    return new SpaceSpec(
        space.length(), space.prefix(), ranges(space.allowed()), space.vocabulary());
  }

  private static int[] ranges(int[] sorted) {
    IntStream.Builder out = IntStream.builder();
    int first = sorted[0];
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[i - 1] + 1) {
        out.add(first).add(sorted[i - 1]);
        first = i < sorted.length ? sorted[i] : 0;
      }
    }
    return out.build().toArray();
  }

  /** The space itself. */
  public InputSpace toSpace() {
    IntStream ids = IntStream.empty();
    for (int i = 0; i + 1 < allowedRanges.length; i += 2) {
      ids = IntStream.concat(ids, IntStream.rangeClosed(allowedRanges[i], allowedRanges[i + 1]));
    }
    return new InputSpace(length, prefix, ids.toArray(), vocabulary);
  }

  /** Number of allowed tokens V. */
  @JsonIgnore
  public int allowedCount() {
    int count = 0;
    for (int i = 0; i + 1 < allowedRanges.length; i += 2) {
      count += allowedRanges[i + 1] - allowedRanges[i] + 1;
    }
    return count;
  }

  /** n, the number of scored positions. */
  @JsonIgnore
  public int scored() {
    return prefix.length == 0 ? length - 1 : length;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SpaceSpec s
        && s.length == length
        && s.vocabulary == vocabulary
        && Arrays.equals(s.prefix, prefix)
        && Arrays.equals(s.allowedRanges, allowedRanges);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(prefix) + Arrays.hashCode(allowedRanges) + 7 * length + vocabulary;
  }

  @Override
  public String toString() {
    return "N="
        + length
        + ", prefix="
        + Arrays.toString(prefix)
        + ", allowed="
        + allowedCount()
        + " of "
        + vocabulary;
  }
}
