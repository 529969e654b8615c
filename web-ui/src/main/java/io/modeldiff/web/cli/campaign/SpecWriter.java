package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.KernelWeight;
import io.modeldiff.core.campaign.SpaceSpec;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A campaign's specification as a YAML file, every field written out: reading it back gives it. */
final class SpecWriter {
  private SpecWriter() {}

  static String yaml(CampaignSpec spec) {
    StringBuilder out = new StringBuilder();
    out.append("# Campaign ").append(CampaignSpecs.id(spec)).append('\n');
    out.append("# Model ").append(spec.model().name()).append(", files ");
    out.append(spec.model().hash()).append('\n');
    line(out, "model", quoted(spec.model().path()));
    line(out, "dtype", spec.model().dtype());
    space(out, spec.space());
    line(out, "z", quoted(spec.z().toString()));
    line(out, "method", spec.method().word());
    line(out, "kernels", kernels(spec));
    if (!spec.automaticLadder()) {
      line(out, "ladder", Arrays.toString(spec.ladder()));
    }
    line(out, "moves", spec.movesPerRound());
    line(out, "lanes", spec.lanes());
    line(out, "seed", spec.seed());
    line(out, "evaluations", spec.evaluations());
    if (spec.targetError() != null) {
      line(out, "target-error", spec.targetError());
    }
    line(out, "bin", spec.bin());
    if (spec.floor() != null) {
      line(out, "floor", spec.floor());
    }
    line(out, "burn-in", spec.burnIn());
    line(out, "smc-replicates", spec.smcReplicates());
    line(out, "smc-particles", spec.smcParticles());
    line(out, "refresh", spec.refresh());
    line(out, "closure-rung", spec.closureRung());
    return out.toString();
  }

  private static void space(StringBuilder out, SpaceSpec space) {
    line(out, "length", space.length());
    line(out, "prefix", space.prefix().length == 0 ? "none" : Arrays.toString(space.prefix()));
    boolean all = space.allowedCount() == space.vocabulary();
    line(out, "allow", all ? "all" : quoted(ranges(space.allowedRanges())));
  }

  private static String ranges(int[] ranges) {
    return IntStream.range(0, ranges.length / 2)
        .mapToObj(i -> ranges[2 * i] + "-" + ranges[2 * i + 1])
        .collect(Collectors.joining(","));
  }

  private static String kernels(CampaignSpec spec) {
    return spec.kernels().stream()
        .map((KernelWeight k) -> k.kernel() + ": " + k.weight())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static void line(StringBuilder out, String name, Object value) {
    out.append(name).append(": ").append(value).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
