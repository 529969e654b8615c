package io.modeldiff.analysis.lmdiff.compat;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.comparison.Histogram;
import io.modeldiff.analysis.lmdiff.compat.OriginalApi.SuggestionRequest;
import io.modeldiff.analysis.lmdiff.format.ComparisonCsv.Row;
import io.modeldiff.analysis.lmdiff.measure.Aggregate;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.analysis.lmdiff.measure.PythonNumbers;
import io.modeldiff.analysis.lmdiff.measure.Quantity;
import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The answer of new-suggestions: ranked examples with their tokens, and the corpus' histogram. */
final class Suggestions {
  private static final int MAX_K = 10_000;
  private static final int DIGITS = 3;

  private final SuggestionRequest request;
  private final int column;

  Suggestions(SuggestionRequest request) {
    this.request = request;
    this.column = column(request.metric());
    if (request.k() < 0 || request.k() > MAX_K) {
      throw UserException.badInput("k should be from 0 to " + MAX_K + ", not " + request.k() + ".");
    }
  }

  Map<String, Object> answer(List<Row> rows, AnalysisCache first, AnalysisCache second) {
    double[] values = rows.stream().mapToDouble(r -> r.values()[column]).toArray();
    List<Map<String, Object>> results = new ArrayList<>();
    List<String> vocabulary = first.vocabulary();
    for (Row row : ranked(rows)) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("example_idx", row.index());
      result.put("metrics", metrics(row));
      result.put("sign", sign(row.values()[column]));
      example(result, first.get(row.index()), second.get(row.index()), vocabulary);
      results.add(result);
    }
    Histogram histogram = Histogram.of(values, request.histogramBins());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("request", echo());
    answer.put("result", results);
    answer.put(
        "histogram",
        ordered(
            "values",
            Answers.ints(histogram.counts()),
            "bin_edges",
            Answers.rounded(histogram.edges(), 4)));
    return answer;
  }

  static int column(String metric) {
    for (int i = 0; i < Measure.ORIGINAL.size(); i++) {
      if (Measure.ORIGINAL.get(i).id().equals(metric)) {
        return i;
      }
    }
    throw UserException.badInput(
        "metric should be one of "
            + Measure.ORIGINAL.stream().map(Measure::id).collect(Collectors.joining(", "))
            + ", not '"
            + metric
            + "'.");
  }

  private List<Row> ranked(List<Row> rows) {
    Comparator<Row> least =
        Comparator.comparingDouble(
            r -> request.sortByAbs() ? Math.abs(r.values()[column]) : r.values()[column]);
    return rows.stream()
        .sorted(request.ascending() ? least : least.reversed())
        .limit(request.k())
        .toList();
  }

  private static Map<String, Object> metrics(Row row) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("n_tokens", row.tokens());
    for (int i = 0; i < Measure.ORIGINAL.size(); i++) {
      double value = row.values()[i];
      metrics.put(
          Measure.ORIGINAL.get(i).id(),
          whole(i) ? (Object) (int) value : (Object) PythonNumbers.round(value, DIGITS));
    }
    return metrics;
  }

  /** Maxima of ranks and counts are integers. */
  private static boolean whole(int column) {
    Measure m = Measure.ORIGINAL.get(column);
    return m.quantity() != Quantity.PROB
        && m.aggregate().filter(a -> a == Aggregate.MAX).isPresent();
  }

  private Object sign(double value) {
    double sign = request.sortByAbs() ? Math.signum(value) : 1;
    return request.sortByAbs() && whole(column) ? (Object) (int) sign : (Object) sign;
  }

  private static void example(
      Map<String, Object> into, PhraseScores a, PhraseScores b, List<String> vocabulary) {
    int n = a.length();
    int[] rank = new int[n];
    float[] prob = new float[n];
    for (int i = 0; i < n; i++) {
      rank[i] = b.ranks()[i] - a.ranks()[i];
      prob[i] = b.probs()[i] - a.probs()[i];
    }
    into.put("tokens", Answers.tokens(a.ids(), vocabulary));
    into.put("text", a.phrase());
    into.put("m1", side(a, vocabulary));
    into.put("m2", side(b, vocabulary));
    into.put("diff", ordered("rank", Answers.ints(rank), "prob", Answers.rounded(prob, DIGITS)));
  }

  private static Map<String, Object> side(PhraseScores scores, List<String> vocabulary) {
    Map<String, Object> side =
        ordered(
            "rank", Answers.ints(scores.ranks()), "prob", Answers.rounded(scores.probs(), DIGITS));
    side.put("topk", Answers.topTokens(scores, vocabulary));
    return side;
  }

  private Map<String, Object> echo() {
    Map<String, Object> echo = new LinkedHashMap<>();
    echo.put("m1", request.m1());
    echo.put("m2", request.m2());
    echo.put("dataset", request.dataset());
    echo.put("metric", request.metric());
    echo.put("order", request.ascending() ? "ascending" : "descending");
    echo.put("k", request.k());
    return echo;
  }

  static Map<String, Object> ordered(String key1, Object value1, String key2, Object value2) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key1, value1);
    map.put(key2, value2);
    return map;
  }
}
