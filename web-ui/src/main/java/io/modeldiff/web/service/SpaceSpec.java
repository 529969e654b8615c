package io.modeldiff.web.service;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.space.NllRange;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The input space and the range Z, in the words of the command line.
 *
 * @param length N
 * @param z {@code LO:HI}, nats per token
 * @param prefix {@code bos}, {@code none} or a text
 * @param allow {@code all}, {@code no-special} or token ids like {@code 0-9,42}
 */
public record SpaceSpec(int length, String z, String prefix, String allow) {
  public SpaceSpec {
    if (Stream.of(z, prefix, allow).anyMatch(Objects::isNull)) {
      throw UserException.badInput("An input space needs length, z, prefix and allow.");
    }
    if (length < 1) {
      throw UserException.badInput("The length N must be at least 1, but was " + length + ".");
    }
    NllRange.parse(z);
  }

  /** Z, parsed. */
  public NllRange range() {
    return NllRange.parse(z);
  }
}
