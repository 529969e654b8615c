package io.modeldiff.web.cli.model;

import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.modeldir.FloatType;
import io.modeldiff.core.modeldir.PrecisionCopy;
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

/** {@code modeldiff model convert}: the same model, stored in another precision. */
@Command(
    name = "convert",
    description = "Write a copy of a model whose weights are stored in another precision.")
final class ConvertCommand extends ResultCommand {
  @Parameters(paramLabel = "MODEL", description = "The model to copy: name or directory.")
  private String model = "";

  @Option(
      names = "--to",
      paramLabel = "f32|f16|bf16",
      required = true,
      description = "How the weights are stored in the copy.")
  private @Nullable FloatType type;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The directory to write; it must not exist yet.")
  private @Nullable Path out;

  @Mixin private DataOptions data = new DataOptions();

  ConvertCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    ModelDirectory source = new ModelNames(data.directory()).open(model);
    Path target = Objects.requireNonNull(out).toAbsolutePath().normalize();
    PrecisionCopy.write(
        source.path(), target, Objects.requireNonNull(type), console().quietMonitor());
    ModelReport.print(
        console(), json(), target.getFileName().toString(), ModelDirectory.open(target));
  }
}
