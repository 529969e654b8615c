package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.KernelWeight;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.campaign.SamplingMethod;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.web.cli.ModelNames;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the fields that somebody wrote to the campaign that they mean. */
final class SpecReader {
  private static final Pattern OPTION = Pattern.compile("\\(--([a-z-]+)\\)");

  private final SpecFields fields;
  private final ModelNames models;

  SpecReader(SpecFields fields, ModelNames models) {
    this.fields = fields;
    this.models = models;
  }

  /**
   * The campaign.
   *
   * @throws UserException with file, line, field and what was expected
   */
  CampaignSpec read() {
    SpecField model = fields.require("model", "a model's name or directory");
    ModelDirectory directory =
        at(model, () -> models.open(model.scalar("a model's name or directory")));
    String dtype = fields.find("dtype").map(f -> f.scalar("f32, f16 or auto")).orElse("auto");
    ModelInfo info = at(model, () -> directory.info(dtype, "cpu"));
    InputSpace space = space(info, directory);
    SpecField z = fields.require("z", "the range Z as LO:HI, for example 1.74:2.00");
    NllRange range =
        at(z, () -> NllRange.parse(z.scalar("the range Z as LO:HI, for example 1.74:2.00")));
    ModelRef ref = new ModelRef(info.name(), info.directory().toString(), info.hash(), dtype);
    CampaignSpecs.Builder builder = CampaignSpecs.builder(ref, space, range);
    how(builder);
    howMuch(builder);
    try {
      CampaignSpec spec = builder.build();
      spec.requireFits(info);
      return spec;
    } catch (UserException e) {
      throw located(e);
    }
  }

  private InputSpace space(ModelInfo info, ModelDirectory directory) {
    SpecField length = fields.require("length", "the number of tokens N");
    int tokens = (int) length.whole(1, 1_000_000);
    SpecField allow = fields.find("allow").orElse(SpecField.option("allow", InputSpaces.ALL));
    int[] allowed =
        at(
            allow,
            () ->
                InputSpaces.allowed(info, directory.tokenizer(), String.join(",", allow.values())));
    SpecField prefix = fields.find("prefix").orElse(SpecField.option("prefix", InputSpaces.BOS));
    int[] before =
        prefix.list()
            ? prefix.ids()
            : at(
                prefix,
                () ->
                    InputSpaces.prefix(
                        info, directory.tokenizer(), prefix.scalar("bos, none or a text")));
    return at(length, () -> new InputSpace(tokens, before, allowed, info.vocabulary()));
  }

  private void how(CampaignSpecs.Builder builder) {
    fields
        .find("method")
        .ifPresent(
            f -> builder.method(at(f, () -> SamplingMethod.parse(f.scalar("tempering or smc")))));
    fields.find("kernels").ifPresent(f -> builder.kernels(kernels(f)));
    if (fields.find("ladder").isPresent() && fields.find("temperatures").isPresent()) {
      throw fields
          .require("temperatures", "")
          .wrong("the ladder is there twice; expected ladder (β's) or temperatures, not both.");
    }
    fields
        .find("ladder")
        .filter(f -> !f.values().isEmpty())
        .ifPresent(f -> builder.ladder(f.numbers("β's, ascending, such as [0.5, 1]")));
    fields
        .find("temperatures")
        .ifPresent(f -> builder.temperatures(f.numbers("the paper's temperatures, such as [0.1]")));
    fields.find("moves").ifPresent(f -> builder.movesPerRound((int) f.whole(1, 1_000_000)));
    fields.find("lanes").ifPresent(f -> builder.lanes((int) f.whole(1, 4096)));
    fields.find("refresh").ifPresent(f -> builder.refresh(f.flag()));
    fields.find("closure-rung").ifPresent(f -> builder.closureRung(f.flag()));
    fields
        .find("smc-replicates")
        .ifPresent(f -> builder.smcReplicates((int) f.whole(2, 1_000_000)));
    fields.find("smc-particles").ifPresent(f -> builder.smcParticles((int) f.whole(2, 10_000_000)));
  }

  private void howMuch(CampaignSpecs.Builder builder) {
    fields.find("seed").ifPresent(f -> builder.seed(f.whole(Long.MIN_VALUE, Long.MAX_VALUE)));
    fields.find("evaluations").ifPresent(f -> builder.evaluations(f.whole(1, Long.MAX_VALUE)));
    fields
        .find("target-error")
        .ifPresent(f -> builder.targetError(f.number(0, 1, false, "a number between 0 and 1")));
    fields
        .find("bin")
        .ifPresent(f -> builder.bin(f.number(0, 1e6, false, "a positive width in nats per token")));
    fields
        .find("floor")
        .ifPresent(f -> builder.floor(f.number(-1e6, 1e6, true, "a number of nats per token")));
    fields
        .find("burn-in")
        .ifPresent(
            f -> builder.burnIn(f.number(0, 1 - 1e-12, true, "a share of at least 0, below 1")));
  }

  private static List<KernelWeight> kernels(SpecField field) {
    return at(field, () -> KernelWeight.parse(String.join(",", field.values())));
  }

  private static <T> T at(SpecField field, Supplier<T> work) {
    try {
      return work.get();
    } catch (UserException e) {
      String place = field.place();
      throw String.valueOf(e.getMessage()).startsWith(place)
          ? e
          : field.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** A refusal of the whole names its option: that is the field to point at. */
  private UserException located(UserException e) {
    Matcher option = OPTION.matcher(String.valueOf(e.getMessage()));
    return option.find() && fields.find(option.group(1)).isPresent()
        ? fields.require(option.group(1), "").wrong(String.valueOf(e.getMessage()))
        : e;
  }
}
