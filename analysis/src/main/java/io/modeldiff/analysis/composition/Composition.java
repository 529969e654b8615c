package io.modeldiff.analysis.composition;

import io.modeldiff.analysis.diagnostics.Repetition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Weighted shares of the kinds of text among representative inputs.
 *
 * @param shares share of the inputs (by weight) of each kind; kinds overlap, so they need not sum
 *     to 1
 * @param ess effective number of inputs behind the shares
 */
public record Composition(Map<TextKind, Double> shares, double ess) {
  /**
   * A representative input.
   *
   * @param weight number of inputs that it stands for, up to a factor common to all
   */
  public record Input(String text, int[] tokens, double weight) {}

  /** Shares over the given inputs; all zero for none. */
  public static Composition of(List<Input> inputs) {
    Map<TextKind, Double> sums = new EnumMap<>(TextKind.class);
    for (TextKind kind : TextKind.values()) {
      sums.put(kind, 0.0);
    }
    double total = 0;
    double squares = 0;
    for (Input input : inputs) {
      total += input.weight();
      squares += input.weight() * input.weight();
      for (TextKind kind : TextKind.of(input.text(), Repetition.share(input.tokens(), 2))) {
        sums.merge(kind, input.weight(), Double::sum);
      }
    }
    if (total > 0) {
      double all = total;
      sums.replaceAll((kind, sum) -> sum / all);
    }
    return new Composition(Map.copyOf(sums), squares == 0 ? 0 : total * total / squares);
  }
}
