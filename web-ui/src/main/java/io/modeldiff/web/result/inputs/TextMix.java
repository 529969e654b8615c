package io.modeldiff.web.result.inputs;

import io.modeldiff.analysis.composition.Composition;
import io.modeldiff.analysis.composition.TextKind;
import io.modeldiff.analysis.composition.TokenContrast;
import io.modeldiff.core.lm.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What kind of text a range of D holds.
 *
 * @param inputs inputs drawn from the range with their weights
 * @param kinds shares of them by stated rules, falling; kinds overlap
 * @param tokens tokens that they hold more of than the inputs outside the range
 */
public record TextMix(int inputs, List<Kind> kinds, List<Token> tokens) {
  private static final int MOST_TOKENS = 12;
  private static final double CHANCE = 2;

  /**
   * @param kind its word, such as {@code code} or {@code english}
   * @param share 0..1
   * @param se standard error of the share
   */
  public record Kind(String kind, double share, double se) {}

  /**
   * @param token vocabulary string
   * @param logOdds log-odds ratio, range over rest
   * @param score logOdds over its standard deviation; beyond 2 is more than chance
   */
  public record Token(int id, String token, double logOdds, double score) {}

  static TextMix of(List<int[]> inside, List<int[]> outside, Tokenizer tokenizer) {
    List<Composition.Input> set = inputs(inside, tokenizer);
    Composition composition = Composition.of(set);
    List<Kind> kinds = new ArrayList<>();
    for (TextKind kind : TextKind.values()) {
      double share = composition.shares().getOrDefault(kind, 0.0);
      if (share > 0) {
        kinds.add(
            new Kind(
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                share,
                Math.sqrt(share * (1 - share) / set.size())));
      }
    }
    kinds.sort((x, y) -> Double.compare(y.share(), x.share()));
    List<Token> tokens =
        set.isEmpty() || outside.isEmpty()
            ? List.of()
            : TokenContrast.of(set, inputs(outside, tokenizer)).stream()
                .filter(t -> t.score() > CHANCE)
                .limit(MOST_TOKENS)
                .map(t -> new Token(t.id(), tokenizer.token(t.id()), t.logOdds(), t.score()))
                .toList();
    return new TextMix(set.size(), List.copyOf(kinds), tokens);
  }

  // Drawn in proportion to their weights, they count alike.
  private static List<Composition.Input> inputs(List<int[]> sequences, Tokenizer tokenizer) {
    return sequences.stream()
        .map(ids -> new Composition.Input(tokenizer.decode(ids), ids, 1))
        .toList();
  }
}
