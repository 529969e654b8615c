package io.modeldiff.web.api;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.comparison.Histogram;
import io.modeldiff.analysis.lmdiff.comparison.Ranking;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.corpus.ComparedCorpus;
import io.modeldiff.web.corpus.Pairing;
import io.modeldiff.web.corpus.PhraseQuery;
import io.modeldiff.web.result.corpus.CorpusQuery;
import io.modeldiff.web.service.CampaignControl;
import io.modeldiff.web.service.CorpusService;
import io.modeldiff.web.service.SpaceSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What requests carry in their bodies. */
final class Bodies {
  private static final int MOST_TOP = 1000;
  private static final int MOST_PHRASES = 10_000;

  private Bodies() {}

  /** A model to register. */
  record NewModel(String name, String directory) {}

  /** Why something is asked for. */
  record Reason(@Nullable String reason) {
    String text() {
      return reason == null ? "" : reason;
    }
  }

  /** A campaign to begin, and the campaign that it is a clone of. */
  record Beginning(CampaignSpec spec, @Nullable String clonedFrom, CampaignControl.Wish wish) {}

  /** A comparison of campaigns that were begun before. */
  record Comparing(ComparisonSpec spec, CampaignControl.Wish wish) {}

  /** How many evaluations more. */
  record Extension(long evaluations) {}

  /** Another seed. */
  record Seed(long seed) {}

  /**
   * Representative inputs as a corpus.
   *
   * @param direction AB or BA; null: AB
   * @param limit the most phrases; null: 1000
   */
  record InputsCorpus(String name, @Nullable String direction, @Nullable Integer limit) {}

  /** A corpus as the input space; what is null has its default. */
  record CorpusSpace(
      String corpus,
      @Nullable List<String> texts,
      @Nullable Double lambda,
      @Nullable Boolean anyZ,
      @Nullable Boolean firstTokens,
      @Nullable Integer limit) {
    CorpusQuery query() {
      return new CorpusQuery(
          corpus,
          texts,
          lambda,
          Boolean.TRUE.equals(anyZ),
          Boolean.TRUE.equals(firstTokens),
          limit);
    }
  }

  /** A corpus to register. */
  record NewCorpus(String name, String content) {}

  /** A corpus under models; what is null has its default. */
  record CorpusAnalysis(
      List<String> models,
      @Nullable Integer topK,
      @Nullable Integer stride,
      @Nullable Boolean compat) {
    CorpusService.AnalysisQuery query(String corpus) {
      return new CorpusService.AnalysisQuery(
          corpus,
          models,
          within("topK", topK, CacheAnalysis.TOP_K, 1, MOST_TOP),
          within("stride", stride, 0, 0, Integer.MAX_VALUE),
          Boolean.TRUE.equals(compat));
    }
  }

  /** A corpus under two models; what is null has its default. */
  record CorpusPair(
      String a,
      String b,
      @Nullable Integer clamp,
      @Nullable Boolean compat,
      @Nullable Boolean divergences,
      @Nullable String measure,
      @Nullable Integer k,
      @Nullable Boolean ascending,
      @Nullable Boolean signed,
      @Nullable List<String> filters,
      @Nullable String contains,
      @Nullable Map<String, String> slice,
      @Nullable Integer bins,
      @Nullable Boolean means,
      @Nullable String by,
      @Nullable Long seed) {
    Pairing pairing() {
      return new Pairing(
          a,
          b,
          within("clamp", clamp, TokenDifferences.DEFAULT_CLAMP, 1, Integer.MAX_VALUE),
          Boolean.TRUE.equals(compat),
          Boolean.TRUE.equals(divergences));
    }

    PhraseQuery phrases() {
      return new PhraseQuery(
          measure == null ? PhraseQuery.DEFAULT_MEASURE : measure,
          within("k", k, Ranking.DEFAULT_K, 0, MOST_PHRASES),
          Boolean.TRUE.equals(ascending),
          Boolean.TRUE.equals(signed),
          filters == null ? List.of() : filters,
          contains,
          slice == null ? Map.of() : slice,
          within("bins", bins, Histogram.DEFAULT_BINS, 1, MOST_PHRASES));
    }

    ComparedCorpus.Summary summary() {
      return new ComparedCorpus.Summary(!Boolean.FALSE.equals(means), by, seed == null ? 1 : seed);
    }
  }

  private static int within(
      String field, @Nullable Integer value, int otherwise, int least, int most) {
    if (value == null) {
      return otherwise;
    }
    if (value < least || value > most) {
      throw Problem.field(
          field,
          String.format(
              Locale.ENGLISH,
              "'%s' must be a whole number from %d to %d, but was %d.",
              field,
              least,
              most,
              value));
    }
    return value;
  }

  /** A text, or token ids, under two models; {@code diff} is null where it is not wanted. */
  record InstanceRequest(
      String a,
      String b,
      @Nullable String text,
      @Nullable List<Integer> ids,
      @Nullable Boolean diff) {}

  /** What the Z finder shows. */
  record Exploration(
      String model,
      SpaceSpec space,
      @Nullable List<Double> betas,
      @Nullable List<String> sentences) {}

  /** A user to add or change. */
  record NewUser(Role role, String password) {}

  /** What a token is called. */
  record NewToken(String label) {}

  /** The id of something started. */
  record Started(String id) {}

  /** A token; it is shown once. */
  record Token(String label, String token) {}

  /** A user without secrets. */
  record UserView(String name, Role role, List<String> tokens) {}
}
