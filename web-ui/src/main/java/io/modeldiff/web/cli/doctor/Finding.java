package io.modeldiff.web.cli.doctor;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param what e.g. {@code disk}
 * @param state {@code ok}, {@code note} (works, but worth knowing) or {@code problem}
 * @param found what there is
 * @param advice what to do about it; null when nothing
 */
record Finding(String what, State state, String found, @Nullable String advice) {
  enum State {
    OK,
    NOTE,
    PROBLEM;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static Finding ok(String what, String found) {
    return new Finding(what, State.OK, found, null);
  }

  static Finding note(String what, String found, String advice) {
    return new Finding(what, State.NOTE, found, advice);
  }

  static Finding problem(String what, String found, String advice) {
    return new Finding(what, State.PROBLEM, found, advice);
  }
}
