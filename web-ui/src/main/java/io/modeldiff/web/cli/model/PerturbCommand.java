package io.modeldiff.web.cli.model;

import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.files.NoisedCopy;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.DataOptions;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff model perturb}: the noised copy of the paper's plagiarism experiment. */
@Command(
    name = "perturb",
    description = "Write a copy of a model with Gaussian noise added to every weight.")
final class PerturbCommand extends ResultCommand {
  @Parameters(paramLabel = "MODEL", description = "The model to copy: name or directory.")
  private String model = "";

  @Option(
      names = "--noise",
      paramLabel = "SIGMA",
      required = true,
      description = "Standard deviation of the noise, for example 0.001.")
  private double noise;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of the noise (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The directory to write; it must not exist yet.")
  private @Nullable Path out;

  @Mixin private DataOptions data = new DataOptions();

  PerturbCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    ModelDirectory source = new ModelNames(data.directory()).open(model);
    Path target = Objects.requireNonNull(out).toAbsolutePath().normalize();
    NoisedCopy.write(source.path(), target, noise, seed);
    ModelReport.print(
        console(), json(), target.getFileName().toString(), ModelDirectory.open(target));
  }
}
