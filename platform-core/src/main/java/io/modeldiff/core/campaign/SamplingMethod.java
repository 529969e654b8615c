package io.modeldiff.core.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldiff.core.error.UserException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a campaign samples. */
public enum SamplingMethod {
  /** Position-SMC pilot, then replica exchange (the default). */
  @JsonProperty("tempering")
  TEMPERING("tempering"),
  /** Position-SMC replicates alone. */
  @JsonProperty("smc")
  SMC("smc"),
  /** The paper's own set-up: its ladder and kernels, no refresh at β = 1. */
  @JsonProperty("paper")
  PAPER("paper"),
  /** Flat histogram over z. */
  @JsonProperty("wang-landau")
  WANG_LANDAU("wang-landau");

  private final String word;

  SamplingMethod(String word) {
    this.word = word;
  }

  /** The word used on the command line, in YAML and in JSON. */
  public String word() {
    return word;
  }

  /** Whether estimates come from independent replicates rather than from rounds of a ladder. */
  public boolean byReplicates() {
    return this == SMC || this == WANG_LANDAU;
  }

  /** The method of a command-line word. */
  public static SamplingMethod parse(String word) {
    return Arrays.stream(values())
        .filter(m -> m.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.badInput(
                    "The method must be one of "
                        + Arrays.stream(values())
                            .map(SamplingMethod::word)
                            .collect(Collectors.joining(", "))
                        + ", but was '"
                        + word
                        + "'."));
  }

  @Override
  public String toString() {
    return word;
  }
}
