package io.modeldiff.web.live;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.KernelWeight;
import io.modeldiff.core.campaign.SamplingMethod;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.SpaceSpec;
import java.util.stream.Collectors;

/** Between specifications as people write them and as campaigns store them. */
final class Specs {
  private static final long DEFAULT_EVALUATIONS = 200_000;

  private Specs() {}

  static InputSpace space(SpaceSpec space, ModelDirectory directory) {
    return InputSpaces.resolve(
        directory.info("auto", "cpu"),
        directory.tokenizer(),
        space.length(),
        space.prefix(),
        space.allow());
  }

  static CampaignSpec campaign(
      CampaignService.Spec spec, ModelRegistered model, ModelDirectory directory) {
    CampaignSpecs.Builder builder =
        CampaignSpecs.builder(
                LiveModels.ref(model), space(spec.space(), directory), spec.space().range())
            .method(SamplingMethod.parse(spec.method()))
            .lanes(spec.lanes())
            .seed(spec.seed())
            .targetError(spec.targetError());
    Long evaluations = spec.evaluations();
    builder.evaluations(evaluations == null ? DEFAULT_EVALUATIONS : evaluations);
    if (!spec.kernels().isEmpty()) {
      builder.kernels(spec.kernels().stream().map(k -> new KernelWeight(k, 1)).toList());
    }
    CampaignSpec built = builder.build();
    built.requireFits(directory.info("auto", "cpu"));
    return built;
  }

  static CampaignService.Spec shown(CampaignSpec spec) {
    return new CampaignService.Spec(
        spec.model().name(),
        shown(spec.space(), spec.z().toString()),
        spec.method().word(),
        spec.kernels().stream().map(KernelWeight::kernel).toList(),
        spec.lanes(),
        spec.seed(),
        spec.evaluations(),
        spec.targetError());
  }

  static SpaceSpec shown(io.modeldiff.core.campaign.SpaceSpec space, String z) {
    int[] prefix = space.prefix();
    return new SpaceSpec(
        space.length(),
        z,
        prefix.length == 0 ? "none" : prefix.length == 1 ? "bos" : prefix.length + " tokens",
        space.allowedCount() == space.vocabulary() ? "all" : ranges(space.allowedRanges()));
  }

  private static String ranges(int[] ranges) {
    return java.util.stream.IntStream.range(0, ranges.length / 2)
        .mapToObj(
            i ->
                ranges[2 * i] == ranges[2 * i + 1]
                    ? String.valueOf(ranges[2 * i])
                    : ranges[2 * i] + "-" + ranges[2 * i + 1])
        .collect(Collectors.joining(","));
  }
}
