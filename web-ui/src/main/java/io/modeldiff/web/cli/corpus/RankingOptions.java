package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.comparison.Ranking;
import io.modeldiff.analysis.lmdiff.comparison.Ranking.Ranked;
import io.modeldiff.analysis.lmdiff.comparison.RowFilter;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.corpus.PairOptions.Pair;
import io.modeldiff.web.service.CorpusService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which phrases, by which measure, in which order. */
final class RankingOptions {
  @Option(
      names = "--measure",
      paramLabel = "MEASURE",
      defaultValue = "avg_clamped_rank_diff",
      description =
          "What to rank by (default: ${DEFAULT-VALUE}): {avg,max,min,median,upper_quartile,topk_mean}_{rank,clamped_rank,prob,topk,surprisal}_diff, bits_per_byte_diff; with --divergences also kl_m1_m2, kl_m2_m1, js, entropy_diff.")
  private String measure = "avg_clamped_rank_diff";

  @Option(
      names = "--k",
      paramLabel = "K",
      defaultValue = "50",
      description = "How many phrases (default: ${DEFAULT-VALUE}).")
  private int k = Ranking.DEFAULT_K;

  @Option(names = "--ascending", description = "Smallest first.")
  private boolean ascending;

  @Option(names = "--signed", description = "Rank by the signed value (default: by its magnitude).")
  private boolean signed;

  @Option(
      names = "--filter",
      paramLabel = "MEASURE:MIN:MAX",
      description =
          "Only phrases whose measure lies between; either end may be empty; repeat for more.")
  private List<String> filters = List.of();

  @Option(
      names = "--contains",
      paramLabel = "WORDS",
      description = "Only phrases that contain these words, case ignored.")
  private @Nullable String contains;

  @Option(
      names = "--slice",
      paramLabel = "FIELD=VALUE",
      description = "Only phrases with this metadata value; repeat for more.")
  private Map<String, String> slice = Map.of();

  @Option(
      names = "--bins",
      paramLabel = "N",
      defaultValue = "100",
      description = "Bins of the histogram (default: ${DEFAULT-VALUE}).")
  private int bins = 100;

  Measure measure() {
    return Measure.named(measure);
  }

  int bins() {
    return bins;
  }

  boolean ascending() {
    return ascending;
  }

  /** The same for a running platform, which knows models and corpora by name. */
  CorpusService.Query query(String corpus, String a, String b) {
    if (!slice.isEmpty()) {
      throw UserException.badInput(
          "--slice needs the corpus' metadata, which a running platform does not tell; leave it"
              + " out.");
    }
    return new CorpusService.Query(
        corpus,
        a,
        b,
        measure().id(),
        ascending ? "ascending" : "descending",
        !signed,
        k,
        bins,
        contains == null ? "" : contains,
        filters);
  }

  IntPredicate filter(Pair pair) {
    return new RowFilter(
            filters.stream().map(RowFilter.Bound::parse).toList(),
            Optional.ofNullable(contains),
            slice)
        .on(pair.table(), pair.corpus());
  }

  List<Ranked> rank(Pair pair) {
    return Ranking.top(pair.table(), measure(), Views.order(ascending), !signed, k, filter(pair));
  }
}
