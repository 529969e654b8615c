package io.modeldiff.web.cli.model;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.cli.options.DeviceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code modeldiff model show}. */
@Command(
    name = "show",
    description = "Load a model and show what is known of it: shape, tokens, files, device.")
final class ShowCommand extends ResultCommand {
  @Parameters(paramLabel = "MODEL", description = "Name or directory.")
  private String model = "";

  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private DataOptions data = new DataOptions();

  ShowCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    ModelDirectory directory = new ModelNames(data.directory()).open(model);
    // Loading checks what the headers cannot: shapes, missing tensors, numbers that are not finite.
    try (LanguageModel loaded = ModelLoader.load(directory, device.load())) {
      ModelReport.print(console(), json(), model, directory, loaded.info());
    }
  }
}
