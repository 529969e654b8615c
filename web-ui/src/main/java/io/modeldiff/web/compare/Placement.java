package io.modeldiff.web.compare;

import io.modeldiff.web.result.Bins;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the prediction difference D = z_A − z_B of one text lies among the inputs of a comparison
 * of the same two models, ρ(D).
 *
 * @param comparison the comparison's id
 * @param a its model A
 * @param b its model B
 * @param length tokens of its inputs; a text of another length is only roughly comparable
 * @param d the text's D under the comparison's A and B, nats per token
 * @param foundByA among the inputs that A finds likely; null when none were counted
 * @param foundByB among the inputs that B finds likely
 */
public record Placement(
    String comparison,
    String a,
    String b,
    int length,
    double d,
    @Nullable Share foundByA,
    @Nullable Share foundByB) {

  /**
   * A place in a histogram of counts.
   *
   * @param below share of the inputs whose D is smaller, 0 to 1, linear within the text's bin
   * @param from the text's bin, nats per token; null below the histogram
   * @param to its end; null above the histogram
   * @param log10 log10 of the number of inputs in the bin; null where none was found
   */
  public record Share(
      double below, @Nullable Double from, @Nullable Double to, @Nullable Double log10) {}

  /** Places D in a comparison. */
  public static Placement of(LocalComparisons.Stored comparison, double d) {
    return new Placement(
        comparison.comparison(),
        comparison.a().name(),
        comparison.b().name(),
        comparison.length(),
        d,
        share(comparison.histogramAB(), d),
        share(comparison.histogramBA(), d));
  }

  static @Nullable Share share(Bins histogram, double d) {
    return share(histogram.edges(), histogram.log10(), d);
  }

  /** Beyond the histogram's ends the share is 0 or 1 and the bin is open. */
  private static @Nullable Share share(List<Double> edges, List<@Nullable Double> log10, double d) {
    double top = Double.NEGATIVE_INFINITY;
    for (Double bin : log10) {
      top = bin == null ? top : Math.max(top, bin);
    }
    if (Double.isInfinite(top)) {
      return null;
    }
    double total = 0;
    double below = 0;
    Share place =
        d < edges.get(0)
            ? new Share(0, null, edges.get(0), null)
            : new Share(1, edges.get(edges.size() - 1), null, null);
    for (int i = 0; i < log10.size(); i++) {
      Double bin = log10.get(i);
      double count = bin == null ? 0 : Math.pow(10, bin - top);
      total += count;
      below +=
          count * Math.max(0, Math.min(1, (d - edges.get(i)) / (edges.get(i + 1) - edges.get(i))));
      if (d >= edges.get(i) && d < edges.get(i + 1)) {
        place = new Share(0, edges.get(i), edges.get(i + 1), bin);
      }
    }
    return new Share(below / total, place.from(), place.to(), place.log10());
  }
}
