package io.modeldiff.web.cli.options;

import io.modeldiff.core.lm.InputSpaces;
import picocli.CommandLine.Option;

/** What stands before a sequence, and which tokens may appear in it. */
public final class ContextOptions {
  @Option(
      names = "--prefix",
      paramLabel = "bos|none|TEXT",
      defaultValue = InputSpaces.BOS,
      description =
          "What stands before every sequence: the model's BOS token (default), nothing (the first"
              + " token is then not scored), or exactly the tokens of TEXT.")
  private String prefix = InputSpaces.BOS;

  @Option(
      names = "--allow",
      paramLabel = "all|no-special|IDS",
      defaultValue = InputSpaces.ALL,
      description =
          "Tokens that may appear in a sequence, IDS like 0-9,42 (default: all). With fewer than"
              + " all, probabilities are renormalised over the allowed ones.")
  private String allow = InputSpaces.ALL;

  /** {@code bos}, {@code none} or a text. */
  public String prefix() {
    return prefix;
  }

  /** {@code all}, {@code no-special} or ids. */
  public String allow() {
    return allow;
  }
}
