package io.modeldiff.web.cli.model;

import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.registry.LocalModels;
import io.modeldiff.core.registry.RegisteredModel;
import io.modeldiff.core.store.DataLayout;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.remote.RemoteControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff model list}. */
@Command(
    name = "list",
    description =
        "List the registered models and those that come with the program; of a running platform,"
            + " those that it knows.")
final class ListCommand extends ResultCommand {
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private DataOptions data = new DataOptions();

  ListCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    List<RegisteredModel> models =
        server
            .control(data.directory())
            .map(RemoteControl::models)
            .orElseGet(this::registeredAndBundled);
    if (json()) {
      JsonDocument.print(console(), Map.of("models", models));
      return;
    }
    for (RegisteredModel model : models) {
      console()
          .out()
          .printf(
              Locale.ROOT,
              "%-24s %-12s %,14d weights  V %,7d  %s  %s%n",
              model.name(),
              model.architecture(),
              model.parameters(),
              model.vocabulary(),
              model.hash().substring(0, 12),
              model.path());
    }
  }

  private List<RegisteredModel> registeredAndBundled() {
    List<RegisteredModel> models =
        new ArrayList<>(new LocalModels(new DataLayout(data.directory()).models()).all());
    for (String name : ModelNames.bundledNames()) {
      if (models.stream().noneMatch(model -> model.name().equals(name))) {
        ModelNames.bundled(name)
            .ifPresent(path -> models.add(RegisteredModel.of(name, ModelDirectory.open(path))));
      }
    }
    return models;
  }
}
