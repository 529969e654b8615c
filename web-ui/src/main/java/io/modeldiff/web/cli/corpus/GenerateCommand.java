package io.modeldiff.web.cli.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.cli.options.DeviceOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private DeviceOptions device = new DeviceOptions();

  GenerateCommand(Console console) {
    super(console);
  }

  /** The document. */
  record Result(String file, List<String> models, int textsOfEach) {}

  @Override
  protected void run() throws IOException {
    if (count < 1 || length < 1) {
      throw UserException.badInput("--count and --length should be at least 1.");
    }
    Path file = Objects.requireNonNull(output);
    ModelNames names = new ModelNames(data.directory());
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int m = 0; m < models.size(); m++) {
        try (LanguageModel model = names.load(models.get(m), device.load())) {
          for (String text : texts(model, seed + m)) {
            out.write(JSON.writeValueAsString(line(text, models.get(m))));
            out.write('\n');
          }
        }
      }
    }
    if (json()) {
      JsonDocument.print(console(), new Result(file.toString(), models, count));
    } else {
      console().out().printf("%s: %,d texts of each of %s%n", file, count, models);
    }
  }

  private static Map<String, String> line(String text, String model) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("text", text);
    line.put("model", model);
    return line;
  }

  private List<String> texts(LanguageModel model, long key) {
    if (model.info().kind() == ModelKind.MASKED) {
      throw UserException.badInput(
          model.info().name() + " is a masked model, which does not generate texts.");
    }
    InputSpace space =
        InputSpaces.resolve(
            model.info(), model.tokenizer(), length, InputSpaces.BOS, InputSpaces.NO_SPECIAL);
    KeyedRandom random = KeyedRandom.of(key);
    int[][] ids = new int[count][length];
    double[] beta = new double[count];
    Arrays.fill(beta, 1);
    try (LaneCache lanes = model.openLanes(space, count)) {
      lanes.clear();
      for (int t = 0; t < length; t++) {
        int[][] tokens = lanes.extend(beta, random.uniforms(count), new double[0]).tokens();
        for (int lane = 0; lane < count; lane++) {
          ids[lane][t] = tokens[lane][t];
        }
      }
    }
    // A phrase is one line and not empty.
    return Arrays.stream(ids)
        .map(i -> model.tokenizer().decode(i).replaceAll("\\R|\\p{Cntrl}", " "))
        .filter(text -> !text.isBlank())
        .toList();
  }
}
