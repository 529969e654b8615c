package io.modeldiff.web.torture;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.api.Comparisons;
import java.util.List;

/**
 * What a tortured cluster computes: two small campaigns, each with pilot, adaptation, burn-in and
 * counted rounds, and their comparison.
 *
 * @param a campaign of the first model
 * @param b campaign of the second model
 * @param comparison of the two
 */
record TortureWork(CampaignSpec a, CampaignSpec b, ComparisonSpec comparison) {
  private static final int LENGTH = 8;
  private static final NllRange RANGE = new NllRange(1.74, 2.00);
  private static final int LANES = 8;
  private static final int PILOT_REPLICATES = 4;
  private static final int PILOT_PARTICLES = 100;

  static TortureWork of(ModelDirectory a, ModelDirectory b, long seed, long evaluations) {
    CampaignSpec first = campaign(a, seed, evaluations);
    CampaignSpec second = campaign(b, seed, evaluations);
    return new TortureWork(
        first, second, Comparisons.spec(List.of(first, second), 0, 0.05, null, 0));
  }

  private static CampaignSpec campaign(ModelDirectory model, long seed, long evaluations) {
    ModelInfo info = model.info("auto", "cpu");
    return CampaignSpecs.builder(
            new ModelRef(info.name(), info.directory().toString(), info.hash(), "auto"),
            InputSpaces.resolve(info, model.tokenizer(), LENGTH, InputSpaces.BOS, InputSpaces.ALL),
            RANGE)
        .seed(seed)
        .lanes(LANES)
        .smcReplicates(PILOT_REPLICATES)
        .smcParticles(PILOT_PARTICLES)
        .evaluations(evaluations)
        .build();
  }

  List<String> campaigns() {
    return List.of(CampaignSpecs.id(a), CampaignSpecs.id(b));
  }

  double budget() {
    return (double) a.evaluations() + b.evaluations();
  }
}
