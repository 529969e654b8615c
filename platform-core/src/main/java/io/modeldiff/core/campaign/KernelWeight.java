package io.modeldiff.core.campaign;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.serialization.CborSerializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One kernel of a mixture and its share of the moves.
 *
 * @param kernel one of {@link #KNOWN}
 * @param weight relative, positive
 */
public record KernelWeight(String kernel, double weight) implements CborSerializable {
  /** Every kernel that can be asked for by name. */
  public static final Set<String> KNOWN =
      Set.of("suffix", "window", "metropolis", "conditional", "gibbs", "gwg", "dmala");

  public KernelWeight {
    if (!KNOWN.contains(kernel)) {
      throw UserException.badInput(
          "The kernel '"
              + kernel
              + "' is not known; use one or more of "
              + String.join(", ", KNOWN.stream().sorted().toList())
              + ".");
    }
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw UserException.badInput(
          "The weight of kernel " + kernel + " must be a positive number, but was " + weight + ".");
    }
  }

  /** Parses {@code suffix,window} or {@code suffix:0.7,window:0.3}. */
  public static List<KernelWeight> parse(String text) {
    List<KernelWeight> kernels = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int colon = part.indexOf(':');
      String name = (colon < 0 ? part : part.substring(0, colon)).strip();
      kernels.add(new KernelWeight(name, colon < 0 ? 1 : weight(name, part.substring(colon + 1))));
    }
    return List.copyOf(kernels);
  }

  private static double weight(String name, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw UserException.badInput(
          "The weight of kernel " + name + " must be a number, but was '" + text + "'.", e);
    }
  }
}
