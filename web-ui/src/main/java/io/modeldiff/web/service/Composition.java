package io.modeldiff.web.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What kind of text a set of representative inputs is: shares of characters by class and of
 * repeated token pairs, each input counted by its weight (Model-diff, section 2, "composition").
 *
 * @param parts in a fixed order; standard errors treat inputs as independent
 */
public record Composition(List<Part> parts) {
  /**
   * @param name e.g. {@code letters}
   * @param share 0..1
   * @param se its standard error
   */
  public record Part(String name, double share, double se) {}

  /** The composition of inputs; empty for none. */
  public static Composition of(List<ComparisonService.Input> inputs) {
    if (inputs.isEmpty()) {
      return new Composition(List.of());
    }
    double top = inputs.stream().mapToDouble(ComparisonService.Input::log10Weight).max().orElse(0);
    List<Map<String, Double>> shares = new ArrayList<>();
    double[] weights = new double[inputs.size()];
    for (int i = 0; i < inputs.size(); i++) {
      weights[i] = Math.pow(10, inputs.get(i).log10Weight() - top);
      shares.add(shares(inputs.get(i)));
    }
    return new Composition(
        shares.get(0).keySet().stream().map(name -> part(name, shares, weights)).toList());
  }

  private static Part part(String name, List<Map<String, Double>> shares, double[] weights) {
    double sum = 0;
    double mean = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      mean += weights[i] * shares.get(i).getOrDefault(name, 0.0);
    }
    mean /= sum;
    double spread = 0;
    for (int i = 0; i < weights.length; i++) {
      double off = weights[i] / sum * (shares.get(i).getOrDefault(name, 0.0) - mean);
      spread += off * off;
    }
    return new Part(name, mean, Math.sqrt(spread));
  }

  private static Map<String, Double> shares(ComparisonService.Input input) {
    Map<String, Double> shares = new LinkedHashMap<>();
    int[] codes = input.text().codePoints().toArray();
    int letters = 0;
    int digits = 0;
    int spaces = 0;
    for (int code : codes) {
      letters += Character.isLetter(code) ? 1 : 0;
      digits += Character.isDigit(code) ? 1 : 0;
      spaces += Character.isWhitespace(code) ? 1 : 0;
    }
    double all = Math.max(1, codes.length);
    shares.put("letters", letters / all);
    shares.put("digits", digits / all);
    shares.put("white space", spaces / all);
    shares.put("punctuation and other", (codes.length - letters - digits - spaces) / all);
    shares.put("repeated token pairs", repeatedPairs(input.ids()));
    return shares;
  }

  private static double repeatedPairs(List<Integer> ids) {
    Set<Long> seen = new HashSet<>();
    int repeated = 0;
    for (int i = 1; i < ids.size(); i++) {
      if (!seen.add(((long) ids.get(i - 1) << 32) | ids.get(i))) {
        repeated++;
      }
    }
    return ids.size() < 2 ? 0 : repeated / (double) (ids.size() - 1);
  }
}
