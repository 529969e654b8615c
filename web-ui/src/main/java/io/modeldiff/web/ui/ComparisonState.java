package io.modeldiff.web.ui;

import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the reader of a comparison chose. It lives in the address, so that a link shows the same.
 *
 * @param lambda λ, or null for the comparison's own
 * @param range selected D range, or null for all
 * @param log whether counts are shown on a logarithmic axis
 * @param normalisation {@code pooled}, {@code absolute} or {@code r3}
 * @param direction whose inputs are listed: {@code AB} or {@code BA}
 */
record ComparisonState(
    @Nullable Double lambda,
    double @Nullable [] range,
    boolean log,
    String normalisation,
    String direction) {

  static ComparisonState from(Location location) {
    QueryParameters query = location.getQueryParameters();
    Double from = number(query, "from");
    Double to = number(query, "to");
    return new ComparisonState(
        number(query, "lambda"),
        from == null || to == null || from >= to ? null : new double[] {from, to},
        !query.getSingleParameter("scale").orElse("log").equals("linear"),
        oneOf(query, "norm", "pooled", "absolute", "r3"),
        oneOf(query, "found", "AB", "BA"));
  }

  private static @Nullable Double number(QueryParameters query, String name) {
    try {
      return query
          .getSingleParameter(name)
          .map(Double::valueOf)
          .filter(Double::isFinite)
          .orElse(null);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String oneOf(QueryParameters query, String name, String first, String... others) {
    String given = query.getSingleParameter(name).orElse(first);
    for (String other : others) {
      if (other.equals(given)) {
        return other;
      }
    }
    return first;
  }

  QueryParameters query() {
    Map<String, String> query = new LinkedHashMap<>();
    if (lambda != null) {
      query.put("lambda", lambda.toString());
    }
    if (range != null) {
      query.put("from", String.valueOf(range[0]));
      query.put("to", String.valueOf(range[1]));
    }
    if (!log) {
      query.put("scale", "linear");
    }
    query.put("norm", normalisation);
    query.put("found", direction);
    return QueryParameters.simple(query);
  }

  ComparisonState withLambda(double value) {
    return new ComparisonState(value, range, log, normalisation, direction);
  }

  ComparisonState withRange(double @Nullable [] value) {
    return new ComparisonState(lambda, value, log, normalisation, direction);
  }

  ComparisonState withLog(boolean value) {
    return new ComparisonState(lambda, range, value, normalisation, direction);
  }

  ComparisonState withNormalisation(String value) {
    return new ComparisonState(lambda, range, log, value, direction);
  }

  ComparisonState withDirection(String value) {
    return new ComparisonState(lambda, range, log, normalisation, value);
  }
}
