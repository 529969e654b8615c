package io.modeldiff.web.compare;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.exact.ExactSpec;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.util.stream.IntStream;

/**
 * The paper's toy pair (Model-diff, section 4.1): eight digits whose sum is divisible by 30, two
 * models, 10^8 sequences, so that the sampled answer can be set beside the exact one.
 */
public record ToyDemo(ModelDirectory a, ModelDirectory b) {
  private static final int LENGTH = 8;
  private static final int DIGITS = 10;
  private static final NllRange RANGE = new NllRange(1.74, 2.00);
  private static final double BIN = 0.02;

  /** The bundled pair. */
  public static ToyDemo bundled() {
    return new ToyDemo(Bundled.model("small-toy"), Bundled.model("large-toy"));
  }

  /** What is to be sampled. */
  public CompareRequest request(long seed, long evaluations) {
    return new CompareRequest(spec(a, seed, evaluations), spec(b, seed, evaluations), 0, BIN);
  }

  /** What is to be enumerated. */
  public ExactSpec exact() {
    return new ExactSpec(space(a), RANGE, 0, BIN);
  }

  private static CampaignSpec spec(ModelDirectory model, long seed, long evaluations) {
    ModelInfo info = model.info("f32", "cpu");
    ModelRef ref = new ModelRef(info.name(), info.directory().toString(), info.hash(), "f32");
    return CampaignSpecs.builder(ref, space(model), RANGE)
        .seed(seed)
        .evaluations(evaluations)
        .bin(BIN)
        .build();
  }

  private static InputSpace space(ModelDirectory model) {
    ModelInfo info = model.info("f32", "cpu");
    int[] prefix = info.bos().stream().toArray();
    return new InputSpace(LENGTH, prefix, IntStream.range(0, DIGITS).toArray(), info.vocabulary());
  }
}
