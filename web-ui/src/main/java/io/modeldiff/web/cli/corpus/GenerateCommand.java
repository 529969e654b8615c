package io.modeldiff.web.cli.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.NamedServerOptions;
import io.modeldiff.web.corpus.TextGenerator;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.service.ModelService;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff corpus generate}. */
@Command(
    name = "generate",
    description =
        "Write texts that models generate (sampled from the models themselves, no cut-offs) as JSON"
            + " lines {text, model}: add them with 'corpus add FILE --keep model'.")
final class GenerateCommand extends ResultCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "Causal model: name or directory; repeat for more.")
  private List<String> models = List.of();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "200",
      description = "Texts of each model (default: ${DEFAULT-VALUE}).")
  private int count = 200;

  @Option(
      names = "--length",
      paramLabel = "TOKENS",
      defaultValue = "25",
      description = "Tokens of a text (default: ${DEFAULT-VALUE}).")
  private int length = 25;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed; each model draws with its own (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "File to write.")
  private @Nullable Path output;

  @Mixin private NamedServerOptions server = new NamedServerOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private DeviceOptions device = new DeviceOptions();

  GenerateCommand(Console console) {
    super(console);
  }

  /** The document. */
  record Result(String file, List<String> models, int textsOfEach) {}

  @Override
  protected void run() throws IOException {
    Path file = Objects.requireNonNull(output);
    Optional<RemoteControl> named = server.control();
    named.ifPresent(platform -> requireThere(platform));
    TextGenerator first = new TextGenerator(count, length, seed);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int m = 0; m < models.size(); m++) {
        String model = models.get(m);
        TextGenerator how = first.withSeed(seed + m);
        for (String text : named.isPresent() ? on(named.get(), model, how) : here(model, how)) {
          out.write(JSON.writeValueAsString(line(text, model)));
          out.write('\n');
        }
      }
    }
    if (json()) {
      JsonDocument.print(console(), new Result(file.toString(), models, count));
    } else {
      console().out().printf("%s: %,d texts of each of %s%n", file, count, models);
    }
  }

  private void requireThere(RemoteControl platform) {
    device.requireDefaults();
    platform.requireModels(models);
  }

  private List<String> on(RemoteControl platform, String model, TextGenerator how) {
    return new RemoteWork(console(), platform)
        .await(platform.generate(model, how), ModelService.GeneratedTexts.class)
        .texts();
  }

  private List<String> here(String name, TextGenerator how) {
    try (LanguageModel model = new ModelNames(data.directory()).load(name, device.load())) {
      return how.texts(model, console()::progress);
    }
  }

  private static Map<String, String> line(String text, String model) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("text", text);
    line.put("model", model);
    return line;
  }
}
