package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.RepresentativeInputs;
import io.modeldiff.web.result.inputs.TextMix;
import io.modeldiff.web.service.ComparisonService.Density;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the page of a finished comparison shows at first and that takes its samples to compute.
 *
 * @param document the result at the comparison's own λ
 * @param density where its samples lie
 * @param first its first inputs over all D, by direction; empty where there is no tokenizer
 * @param positions token positions that scoring by the other model took
 */
record KeptResult(
    ComparisonDocument document, Density density, Map<String, First> first, long positions) {

  /** The inputs of {@link InputQuery#first} and what kind of text they are. */
  record First(InputPage page, TextMix mix) {}

  /**
   * From the samples.
   *
   * @param inputs theirs
   * @param tokenizer null where the models' files are not at hand
   */
  static KeptResult of(
      Outcome outcome, RepresentativeInputs inputs, @Nullable Tokenizer tokenizer) {
    return new KeptResult(
        ComparisonDocument.of(outcome),
        SampleDensity.of(outcome),
        tokenizer == null ? Map.of() : first(inputs, tokenizer),
        outcome.comparison().crossPositions());
  }

  private static Map<String, First> first(RepresentativeInputs inputs, Tokenizer tokenizer) {
    Map<String, First> first = new TreeMap<>();
    for (String direction : InputQuery.DIRECTIONS) {
      InputQuery query = InputQuery.first(direction);
      first.put(direction, new First(inputs.page(query, tokenizer), inputs.mix(query, tokenizer)));
    }
    return first;
  }

  /** The first inputs, if that is what a query asks for. */
  @Nullable First answering(InputQuery query) {
    return query.equals(InputQuery.first(query.direction())) ? first.get(query.direction()) : null;
  }
}
