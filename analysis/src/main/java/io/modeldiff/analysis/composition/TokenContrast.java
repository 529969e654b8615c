package io.modeldiff.analysis.composition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tokens that one set of inputs holds more of than another: log-odds ratios with an informative
 * Dirichlet prior (Monroe, Colaresi and Quinn 2008, eq. 15–22).
 *
 * <p>The prior is the two sets' common frequencies, worth {@value #PRIOR_TOKENS} tokens. Weighted
 * inputs count as the number of independent inputs that the weights are worth, so that one heavy
 * input does not pass for evidence.
 */
public final class TokenContrast {
  private static final double PRIOR_TOKENS = 500;

  private TokenContrast() {}

  /**
   * One token's contrast.
   *
   * @param logOdds log-odds ratio, set over rest
   * @param score logOdds over its standard deviation; beyond ±2 is more than chance
   * @param count effective occurrences in the set
   */
  public record Token(int id, double logOdds, double score, double count) {}

  /** Tokens by falling score: the most over-represented first. */
  public static List<Token> of(List<Composition.Input> set, List<Composition.Input> rest) {
    Map<Integer, Double> inSet = counts(set);
    Map<Integer, Double> inRest = counts(rest);
    TreeSet<Integer> ids = new TreeSet<>(inSet.keySet());
    ids.addAll(inRest.keySet());
    double nSet = total(inSet);
    double nRest = total(inRest);
    List<Token> tokens = new ArrayList<>();
    for (int id : ids) {
      double y1 = inSet.getOrDefault(id, 0.0);
      double y2 = inRest.getOrDefault(id, 0.0);
      double prior = PRIOR_TOKENS * (y1 + y2) / (nSet + nRest);
      double odds1 = (y1 + prior) / (nSet + PRIOR_TOKENS - y1 - prior);
      double odds2 = (y2 + prior) / (nRest + PRIOR_TOKENS - y2 - prior);
      // A set of one token only has no odds; it has no contrast either.
      double logOdds = odds1 > 0 && odds2 > 0 ? Math.log(odds1 / odds2) : 0;
      double sd = Math.sqrt(1 / (y1 + prior) + 1 / (y2 + prior));
      tokens.add(new Token(id, logOdds, logOdds / sd, y1));
    }
    tokens.sort(Comparator.comparingDouble(Token::score).reversed().thenComparing(Token::id));
    return List.copyOf(tokens);
  }

  private static double total(Map<Integer, Double> counts) {
    return counts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Map<Integer, Double> counts(List<Composition.Input> inputs) {
    double sum = inputs.stream().mapToDouble(Composition.Input::weight).sum();
    double squares = inputs.stream().mapToDouble(i -> i.weight() * i.weight()).sum();
    Map<Integer, Double> counts = new HashMap<>();
    for (Composition.Input input : inputs) {
      // Σ over inputs of weight·sum/squares is the effective number of inputs.
      double worth = squares > 0 ? input.weight() * sum / squares : 0;
      for (int token : input.tokens()) {
        counts.merge(token, worth, Double::sum);
      }
    }
    return counts;
  }
}
