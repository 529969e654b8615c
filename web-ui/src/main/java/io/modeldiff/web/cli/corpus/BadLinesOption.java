package io.modeldiff.web.cli.corpus;

import picocli.CommandLine.Option;

/** What happens to lines of a corpus that cannot be used. */
final class BadLinesOption {
  @Option(
      names = "--skip-bad-lines",
      description =
          "Leave out lines that cannot be used, with a warning, instead of refusing the file.")
  private boolean skip;

  /** Whether they are left out. */
  boolean skip() {
    return skip;
  }
}
