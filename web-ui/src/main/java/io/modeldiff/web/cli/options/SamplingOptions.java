package io.modeldiff.web.cli.options;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.KernelWeight;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.campaign.SamplingMethod;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a campaign samples. */
public final class SamplingOptions {
  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of all randomness (default: 1).")
  private long seed = 1;

  @Option(
      names = "--lanes",
      paramLabel = "C",
      description =
          "Independent chains per replica (default: 16 to 128, as many as leave about 60 counted"
              + " rounds).")
  private @Nullable Integer lanes;

  @Option(
      names = "--method",
      paramLabel = "tempering|smc|paper|wang-landau",
      defaultValue = "tempering",
      description =
          "How to sample: an SMC pilot and then replica exchange (tempering, default), position-SMC"
              + " alone, the paper's own set-up, or a flat histogram over z.")
  private String method = "tempering";

  @Option(
      names = "--kernels",
      paramLabel = "K[:W],...",
      description =
          "Markov moves, each with an optional weight, for example suffix,window or"
              + " suffix:2,metropolis:1 (default: suffix; window is mixed in from N = 50 on).")
  private @Nullable String kernels;

  @Option(
      names = "--ladder",
      paramLabel = "B0,B1,...",
      description = "Inverse temperatures β, ascending (default: placed by the pilot).")
  private @Nullable String ladder;

  @Option(
      names = "--temperatures",
      paramLabel = "T0,T1,...",
      description = "The ladder as the paper's temperatures T = 1/(β·n).")
  private @Nullable String temperatures;

  @Option(
      names = "--moves",
      paramLabel = "S",
      description = "Moves of every lane between two swap phases (default: chosen by the method).")
  private @Nullable Integer moves;

  @Option(
      names = "--evaluations",
      paramLabel = "MAX",
      defaultValue = "200000",
      description =
          "Budget per model, in full-sequence-equivalent forward passes (default: 200000).")
  private long evaluations = 200_000;

  @Option(
      names = "--target-error",
      paramLabel = "R",
      description = "Stop when the relative standard error of every PD/PA term is at most R.")
  private @Nullable Double targetError;

  @Option(
      names = "--floor",
      paramLabel = "Z",
      description = "Keep the sampled distribution above this NLL (nats per token).")
  private @Nullable Double floor;

  @Option(
      names = "--closure",
      negatable = true,
      description =
          "Let the ladder begin at β = 0, where log Z must equal the log number of inputs"
              + " (default: where the space is small).")
  private @Nullable Boolean closure;

  /** The seed of all randomness. */
  public long seed() {
    return seed;
  }

  /** The campaign of a model over a space. */
  public CampaignSpec spec(ModelDirectory model, InputSpaceOptions space, DeviceOptions device) {
    return spec(model, space, device, seed);
  }

  /** The same with another seed than the one that was asked for. */
  public CampaignSpec spec(
      ModelDirectory model, InputSpaceOptions space, DeviceOptions device, long seed) {
    ModelInfo info = model.info(device.load().dtype(), device.load().device());
    ModelRef ref =
        new ModelRef(info.name(), info.directory().toString(), info.hash(), device.load().dtype());
    CampaignSpecs.Builder builder =
        CampaignSpecs.builder(ref, space.resolve(info, model.tokenizer()), space.range())
            .seed(seed)
            .method(SamplingMethod.parse(method))
            .evaluations(evaluations)
            .targetError(targetError)
            .bin(space.bin())
            .floor(floor);
    if (lanes != null) {
      builder.lanes(lanes);
    }
    if (closure != null) {
      builder.closureRung(closure);
    }
    if (moves != null) {
      builder.movesPerRound(moves);
    }
    if (kernels != null) {
      builder.kernels(kernelWeights(kernels));
    }
    ladder(builder);
    CampaignSpec spec = builder.build();
    spec.requireFits(info);
    return spec;
  }

  private void ladder(CampaignSpecs.Builder builder) {
    if (ladder != null && temperatures != null) {
      throw UserException.badInput(
          "Name the ladder once: either --ladder (β's) or --temperatures (the paper's T).");
    }
    if (ladder != null) {
      builder.ladder(numbers("--ladder", ladder));
    }
    if (temperatures != null) {
      builder.temperatures(numbers("--temperatures", temperatures));
    }
  }

  private static double[] numbers(String option, String text) {
    try {
      return Arrays.stream(text.split(",", -1))
          .map(String::strip)
          .mapToDouble(Double::parseDouble)
          .toArray();
    } catch (NumberFormatException e) {
      throw UserException.badInput(
          option + " must be numbers separated by commas, but was '" + text + "'.", e);
    }
  }

  private static List<KernelWeight> kernelWeights(String text) {
    List<KernelWeight> list = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] word = part.strip().split(":", -1);
      try {
        list.add(new KernelWeight(word[0], word.length > 1 ? Double.parseDouble(word[1]) : 1));
      } catch (NumberFormatException e) {
        throw UserException.badInput(
            "--kernels must be names with optional weights such as suffix:2,window:1, but was '"
                + text
                + "'.",
            e);
      }
    }
    return list;
  }
}
