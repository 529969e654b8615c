package io.modeldiff.web.api;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.result.corpus.CorpusQuery;
import io.modeldiff.web.service.CampaignControl;
import io.modeldiff.web.service.SpaceSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What requests carry in their bodies. */
final class Bodies {
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

  /** A text, or token ids, under two models. */
  record InstanceRequest(String a, String b, @Nullable String text, @Nullable List<Integer> ids) {}

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
