package io.modeldiff.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void run_help_listsUsageOnStdout() {
    CliRun run = CliRun.of("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: modeldiff").contains("Exit codes");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void run_noCommand_isBadUsageInOneSentence() {
    CliRun run = CliRun.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void run_unknownCommand_isBadUsageThatNamesIt() {
    CliRun run = CliRun.of("bogus");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'bogus'");
    assertThat(run.err().lines()).hasSize(1);
  }
}
