package io.modeldiff.web.cli.options;

import picocli.CommandLine.Option;

/** The two models that a command sets against each other. */
public final class ModelPairOptions {
  @Option(
      names = "--a",
      paramLabel = "A",
      required = true,
      description = "Model A: name or directory.")
  private String a = "";

  @Option(
      names = "--b",
      paramLabel = "B",
      required = true,
      description = "Model B: name or directory.")
  private String b = "";

  /** Name or directory of model A. */
  public String a() {
    return a;
  }

  /** Name or directory of model B. */
  public String b() {
    return b;
  }
}
