package io.modeldiff.web.cli.model;

import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.registry.LocalModels;
import io.modeldiff.core.registry.RegisteredModel;
import io.modeldiff.core.store.CassandraEndpoint;
import io.modeldiff.core.store.DataLayout;
import io.modeldiff.replica.registry.RegistryState;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff model add}. */
@Command(
    name = "add",
    description =
        "Register a Hugging Face directory under a name. The files stay where they are and are"
            + " immutable from now on: a changed file is noticed when the model is used.")
final class AddCommand extends ResultCommand {
  @Parameters(paramLabel = "DIR", description = "Directory with config.json and model.safetensors.")
  private @Nullable Path directory;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name (default: the directory's last component).")
  private @Nullable String name;

  @Option(
      names = "--cassandra",
      paramLabel = "HOST:PORT",
      description = "Use this store instead of starting an embedded one.")
  private @Nullable String cassandra;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private DataOptions data = new DataOptions();

  AddCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    Path path = Objects.requireNonNull(directory);
    if (!Files.isDirectory(path)) {
      throw UserException.badInput("There is no directory " + path + ".");
    }
    ModelDirectory opened = ModelDirectory.open(path);
    String chosen =
        LocalModels.requireName(
            name != null ? name : Objects.requireNonNull(opened.path().getFileName()).toString());
    // A model that cannot be loaded is not registered.
    try (LanguageModel loaded = ModelLoader.load(opened, LoadOptions.defaults())) {
      loaded.info();
    }
    Optional<RemoteControl> running = server.control(data.directory());
    if (running.isPresent()) {
      running.get().register(chosen, opened.path());
    } else {
      RegistryState registry = register(RegisteredModel.of(chosen, opened));
      new LocalModels(new DataLayout(data.directory()).models())
          .write(registry.models().values().stream().map(RegisteredModel::of).toList());
    }
    ModelReport.print(console(), json(), chosen, opened);
  }

  private RegistryState register(RegisteredModel model) {
    PlatformOptions options = PlatformOptions.local(data.directory());
    if (cassandra != null) {
      options =
          options.withCassandra(
              CassandraEndpoint.parse(cassandra, CassandraEndpoint.DEFAULT_DATACENTER));
    }
    try (RunningPlatform platform = RunningPlatform.start(options, "cpu", console()::note)) {
      return RunningPlatform.await(
          platform
              .replicas()
              .registry()
              .register(model.event(Cause.now("local", "modeldiff model add"))));
    }
  }
}
