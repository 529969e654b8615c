package io.modeldiff.replica.kernel;

import io.modeldiff.core.error.UserException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The moves that a replica can make, by the words that people use for them. */
public enum KernelName {
  /** Regenerates everything from a random cut on, from the tempered conditionals. */
  SUFFIX,
  /** Regenerates a short stretch and keeps what follows. */
  WINDOW,
  /** One site from its tempered conditional given what precedes it. */
  CONDITIONAL,
  /** One site, a uniformly drawn other token. */
  METROPOLIS,
  /** One site from its exact full conditional; costs a pass per allowed token. */
  GIBBS,
  /** One site chosen by gradients (Gibbs with gradients, Grathwohl et al. 2021). */
  GWG,
  /** All sites at once by gradients (discrete Langevin, Zhang et al. 2022). */
  DMALA;

  /** The word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kernel of a word. */
  public static KernelName of(String word) {
    for (KernelName k : values()) {
      if (k.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
        return k;
      }
    }
    throw UserException.badInput(
        "There is no kernel '"
            + word.strip()
            + "'; use one of "
            + Arrays.stream(values()).map(KernelName::word).collect(Collectors.joining(", "))
            + ".");
  }
}
