package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.comparison.Ranking;
import io.modeldiff.web.corpus.PhraseQuery;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which phrases, by which measure, in which order. */
final class RankingOptions {
  @Option(
      names = "--measure",
      paramLabel = "MEASURE",
      defaultValue = PhraseQuery.DEFAULT_MEASURE,
      description =
          "What to rank by (default: ${DEFAULT-VALUE}): {avg,max,min,median,upper_quartile,topk_mean}_{rank,clamped_rank,prob,topk,surprisal}_diff, bits_per_byte_diff; with --divergences also kl_m1_m2, kl_m2_m1, js, entropy_diff.")
  private String measure = PhraseQuery.DEFAULT_MEASURE;

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

  PhraseQuery query() {
    return new PhraseQuery(measure, k, ascending, signed, filters, contains, slice, bins);
  }
}
