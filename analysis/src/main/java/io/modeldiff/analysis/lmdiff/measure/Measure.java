package io.modeldiff.analysis.lmdiff.measure;

import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One value of a text by which texts are ranked.
 *
 * @param id name in files, options and the API, e.g. {@code avg_rank_diff}
 * @param title name for people
 * @param quantity what is measured at each token; SURPRISAL for the per-byte measure
 * @param aggregate how tokens become one value; empty for per-text measures
 */
public record Measure(String id, String title, Quantity quantity, Optional<Aggregate> aggregate) {

  /** The original tool's eight, in the order of its files. */
  public static final List<Measure> ORIGINAL =
      List.of(
          of(Aggregate.AVG, Quantity.RANK),
          of(Aggregate.MAX, Quantity.RANK),
          of(Aggregate.AVG, Quantity.CLAMPED_RANK),
          of(Aggregate.MAX, Quantity.CLAMPED_RANK),
          of(Aggregate.AVG, Quantity.PROB),
          of(Aggregate.MAX, Quantity.PROB),
          of(Aggregate.AVG, Quantity.TOPK),
          of(Aggregate.MAX, Quantity.TOPK));

  /** Surprisal difference in bits per UTF-8 byte of the text; independent of the tokenizers. */
  public static final Measure BITS_PER_BYTE =
      new Measure(
          "bits_per_byte_diff",
          "surprisal difference (bits per byte)",
          Quantity.SURPRISAL,
          Optional.empty());

  /** All measures that two caches give. */
  public static final List<Measure> FROM_CACHES = fromCaches();

  /** Measures that need both models' full distributions. */
  public static final List<Measure> FROM_DISTRIBUTIONS = fromDistributions();

  /** Every measure. */
  public static final List<Measure> ALL = all();

  /** The aggregate of a quantity. */
  public static Measure of(Aggregate aggregate, Quantity quantity) {
    String name = aggregate.id().replace('_', ' ');
    return new Measure(
        aggregate.id() + "_" + quantity.id(),
        name + " of " + quantity.title(),
        quantity,
        Optional.of(aggregate));
  }

  /** The measure of that name; refuses unknown names, listing what exists. */
  public static Measure named(String id) {
    return ALL.stream()
        .filter(m -> m.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.badInput(
                    "There is no measure '"
                        + id
                        + "'; choose one of "
                        + ALL.stream().map(Measure::id).collect(Collectors.joining(", "))
                        + "."));
  }

  private static List<Measure> fromCaches() {
    List<Measure> list = new ArrayList<>(ORIGINAL);
    for (Quantity quantity : Quantity.values()) {
      if (!quantity.needsDistributions()) {
        Arrays.stream(Aggregate.values())
            .map(a -> of(a, quantity))
            .filter(m -> !list.contains(m))
            .forEach(list::add);
      }
    }
    list.add(BITS_PER_BYTE);
    return List.copyOf(list);
  }

  private static List<Measure> fromDistributions() {
    return Arrays.stream(Quantity.values())
        .filter(Quantity::needsDistributions)
        .flatMap(q -> Arrays.stream(Aggregate.values()).map(a -> of(a, q)))
        .toList();
  }

  private static List<Measure> all() {
    List<Measure> list = new ArrayList<>(FROM_CACHES);
    list.addAll(FROM_DISTRIBUTIONS);
    return List.copyOf(list);
  }
}
