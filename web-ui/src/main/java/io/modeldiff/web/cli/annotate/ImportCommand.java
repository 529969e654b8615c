package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.web.cli.console.Console;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff annotate import}. */
@Command(
    name = "import",
    description = "Creates a project from an exported file, with everything that was answered.")
final class ImportCommand extends AnnotateTask {
  @Parameters(paramLabel = "FILE", description = "A file that 'annotate export' wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "jsonl|csv",
      description = "Its format (default: by the file's ending).")
  private @Nullable String format;

  @Option(names = "--name", paramLabel = "NAME", description = "Another name for the project.")
  private @Nullable String name;

  ImportCommand(Console console) {
    super(console);
  }

  @Override
  JsonNode ask(PlatformApi platform) {
    String by = file.toString().endsWith(".csv") ? "csv" : "jsonl";
    ObjectNode body =
        object()
            .put("format", format == null ? by : format)
            .put("content", TextFile.read(file))
            .put("name", name);
    return platform.post("/annotations/import", body);
  }

  @Override
  String words(JsonNode answer) {
    return "Imported as project " + answer.path("id").asText() + ".\n";
  }
}
