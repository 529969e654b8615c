package io.modeldiff.web.compare;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.space.NllRange;

/**
 * Two bundled text models, one of them tuned further: 25 tokens, and the range of NLLs in which
 * ordinary sentences lie.
 */
public record TextDemo(ModelDirectory a, ModelDirectory b) {
  private static final int LENGTH = 25;
  private static final NllRange RANGE = new NllRange(2.6, 3.2);
  private static final double BIN = 0.05;

  /** The bundled pair. */
  public static TextDemo bundled() {
    return new TextDemo(Bundled.model("mini-prose"), Bundled.model("mini-prose-tuned"));
  }

  /** What is to be sampled. */
  public CompareRequest request(long seed, long evaluations) {
    return new CompareRequest(spec(a, seed, evaluations), spec(b, seed, evaluations), 0, BIN);
  }

  private static CampaignSpec spec(ModelDirectory model, long seed, long evaluations) {
    ModelInfo info = model.info("f32", "cpu");
    ModelRef ref = new ModelRef(info.name(), info.directory().toString(), info.hash(), "f32");
    return CampaignSpecs.builder(
            ref, InputSpaces.resolve(info, model.tokenizer(), LENGTH, "bos", "all"), RANGE)
        .seed(seed)
        .evaluations(evaluations)
        .bin(BIN)
        .build();
  }
}
