package io.modeldiff.web.lab;

import io.modeldiff.core.error.UserException;
import io.modeldiff.replica.kernel.KernelName;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The methods that the laboratory compares. */
public enum LabMethod {
  /** Position-SMC at β* and at one β further inside Z, 16 replicates each. */
  SMC("position-SMC", null),
  /** Replica exchange with suffix regeneration and refresh at β=1. */
  SUFFIX("replica exchange, suffix", KernelName.SUFFIX),
  /** Replica exchange with window regeneration. */
  WINDOW("replica exchange, window", KernelName.WINDOW),
  /** Replica exchange with conditional single-site moves. */
  CONDITIONAL("replica exchange, conditional", KernelName.CONDITIONAL),
  /** Replica exchange with uniform single-site moves. */
  METROPOLIS("replica exchange, metropolis", KernelName.METROPOLIS),
  /** Replica exchange with exact single-site conditionals. */
  GIBBS("replica exchange, gibbs", KernelName.GIBBS),
  /** Replica exchange with Gibbs with gradients. */
  GWG("replica exchange, gwg", KernelName.GWG),
  /** Replica exchange with discrete Langevin. */
  DMALA("replica exchange, dmala", KernelName.DMALA),
  /** The papers' set-up: their ladder, Gibbs with gradients, random start, no refresh. */
  PAPER("the paper's set-up", KernelName.GWG),
  /** Flat histogram over z. */
  WANG_LANDAU("Wang-Landau", null),
  /** Independent draws at β=1 with importance weights. */
  IID("independent draws at beta 1", null);

  private final String title;
  private final Optional<KernelName> kernel;

  LabMethod(String title, @org.jspecify.annotations.Nullable KernelName kernel) {
    this.title = title;
    this.kernel = Optional.ofNullable(kernel);
  }

  /** What people read. */
  public String title() {
    return title;
  }

  /** The kernel of a replica-exchange method. */
  public Optional<KernelName> kernel() {
    return kernel;
  }

  /** The word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The method of a word. */
  public static LabMethod of(String word) {
    return Arrays.stream(values())
        .filter(m -> m.word().equals(word.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.badInput(
                    "There is no method '"
                        + word.strip()
                        + "' in the laboratory; use some of "
                        + Arrays.stream(values())
                            .map(LabMethod::word)
                            .collect(Collectors.joining(","))
                        + "."));
  }
}
