package io.modeldiff.web.cli.options;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The input space that two models are compared over, and how its differences are counted. */
public final class InputSpaceOptions {
  @Option(
      names = "--length",
      paramLabel = "N",
      required = true,
      description = "Number of tokens of a sequence.")
  private int length;

  private NllRange range = new NllRange(0, 1);

  @Mixin private ContextOptions context = new ContextOptions();

  @Option(
      names = "--lambda",
      paramLabel = "L",
      defaultValue = "0",
      description =
          "Models disagree on an input when their NLLs differ by more than L nats per token"
              + " (default: 0).")
  private double lambda;

  @Option(
      names = "--bin",
      paramLabel = "W",
      defaultValue = "0.02",
      description = "Bin width of the histograms, nats per token (default: 0.02).")
  private double bin;

  @Option(
      names = "--z",
      paramLabel = "LO:HI",
      required = true,
      description = "The range Z of meaningful mean NLL, nats per token, for example 1.74:2.00.")
  private void setRange(String text) {
    range = NllRange.parse(text);
  }

  /** N. */
  public int length() {
    return length;
  }

  /** Z. */
  public NllRange range() {
    return range;
  }

  /** Prefix and allowed tokens. */
  public ContextOptions context() {
    return context;
  }

  /** λ ≥ 0, nats per token. */
  public double lambda() {
    if (!(lambda >= 0) || Double.isInfinite(lambda)) {
      throw UserException.badInput(
          "--lambda must be a number of nats per token, at least 0, but was " + lambda + ".");
    }
    return lambda;
  }

  /** Bin width, nats per token. */
  public double bin() {
    if (!(bin > 0) || Double.isInfinite(bin)) {
      throw UserException.badInput(
          "--bin must be a positive width in nats per token, but was " + bin + ".");
    }
    return bin;
  }

  /** The input space in the token ids of one model. */
  public InputSpace resolve(ModelInfo model, Tokenizer tokenizer) {
    return InputSpaces.resolve(model, tokenizer, length, context.prefix(), context.allow());
  }
}
