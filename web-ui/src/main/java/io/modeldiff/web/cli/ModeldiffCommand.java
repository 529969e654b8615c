package io.modeldiff.web.cli;

import io.modeldiff.web.cli.annotate.AnnotateCommand;
import io.modeldiff.web.cli.campaign.CampaignCommand;
import io.modeldiff.web.cli.compare.CompareCommand;
import io.modeldiff.web.cli.compare.DemoCommand;
import io.modeldiff.web.cli.comparison.ComparisonCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.corpus.CorpusCommand;
import io.modeldiff.web.cli.doctor.DoctorCommand;
import io.modeldiff.web.cli.experiment.ExperimentCommand;
import io.modeldiff.web.cli.lab.LabCommand;
import io.modeldiff.web.cli.model.ModelCommand;
import io.modeldiff.web.cli.projections.ProjectionsCommand;
import io.modeldiff.web.cli.score.ScoreCommand;
import io.modeldiff.web.cli.serve.ServeCommand;
import io.modeldiff.web.cli.serve.WorkerCommand;
import io.modeldiff.web.cli.torture.TortureCommand;
import io.modeldiff.web.cli.user.UserCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The root command: every verb of the command line is listed here. */
@Command(
    name = "modeldiff",
    versionProvider = Version.class,
    description = "How two language models differ, over their own input space.",
    commandListHeading = "%nCommands:%n",
    footer =
        "%nEvery command has --help. Exit codes: 0 done, 1 the work failed, 2 bad usage or bad input,"
            + " 3 a stated condition holds.",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      WorkerCommand.class,
      ModelCommand.class,
      ScoreCommand.class,
      ExactCommand.class,
      CompareCommand.class,
      ComparisonCommand.class,
      ExperimentCommand.class,
      CampaignCommand.class,
      CorpusCommand.class,
      AnnotateCommand.class,
      ProjectionsCommand.class,
      LabCommand.class,
      UserCommand.class,
      TortureCommand.class,
      DoctorCommand.class
    })
final class ModeldiffCommand extends CommandGroup {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  ModeldiffCommand(Console console) {
    super(console);
  }
}
