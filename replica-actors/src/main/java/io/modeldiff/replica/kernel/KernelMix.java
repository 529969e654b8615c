package io.modeldiff.replica.kernel;

import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A mixture of kernels: each move uses one of them, drawn with its weight. A mixture of kernels
 * that leave a distribution invariant does so too.
 */
public record KernelMix(List<Share> shares) {
  /** A kernel and its positive weight, relative to the others'. */
  public record Share(KernelName kernel, double weight) {}

  public KernelMix {
    shares = List.copyOf(shares);
    if (shares.isEmpty()) {
      throw UserException.badInput("--kernels needs at least one kernel, for example suffix.");
    }
    for (Share s : shares) {
      if (!(s.weight > 0) || !Double.isFinite(s.weight)) {
        throw UserException.badInput(
            "The weight of kernel "
                + s.kernel.word()
                + " must be positive, but was "
                + s.weight
                + ".");
      }
    }
  }

  /** One kernel alone. */
  public static KernelMix only(KernelName kernel) {
    return new KernelMix(List.of(new Share(kernel, 1)));
  }

  /** Parses {@code suffix,window} (equal weights) or {@code suffix:3,window:1}. */
  public static KernelMix parse(String text) {
    List<Share> shares = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] pair = part.split(":", 2);
      double weight = 1;
      if (pair.length == 2) {
        try {
          weight = Double.parseDouble(pair[1].strip());
        } catch (NumberFormatException e) {
          throw UserException.badInput(
              "The weight in '" + part + "' of --kernels is not a number.", e);
        }
      }
      shares.add(new Share(KernelName.of(pair[0]), weight));
    }
    return new KernelMix(shares);
  }

  /** The kernel at a uniform number in (0, 1). */
  public KernelName pick(double uniform) {
    double total = shares.stream().mapToDouble(Share::weight).sum();
    double rest = uniform * total;
    for (Share s : shares) {
      if (rest < s.weight) {
        return s.kernel;
      }
      rest -= s.weight;
    }
    return shares.get(shares.size() - 1).kernel;
  }

  /** Whether a kernel takes part. */
  public boolean has(KernelName kernel) {
    return shares.stream().anyMatch(s -> s.kernel == kernel);
  }

  /** As parsed, with weights only where they differ. */
  @Override
  public String toString() {
    boolean equal = shares.stream().allMatch(s -> s.weight == shares.get(0).weight);
    return shares.stream()
        .map(s -> equal ? s.kernel.word() : s.kernel.word() + ":" + s.weight)
        .collect(Collectors.joining(","));
  }
}
