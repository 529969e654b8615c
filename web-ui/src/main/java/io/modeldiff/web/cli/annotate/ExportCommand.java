package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.cli.console.Console;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code modeldiff annotate export}. */
@Command(
    name = "export",
    description = "A project with all its items, answers, flags and reviews as a file.")
final class ExportCommand extends ProjectTask {
  @Option(
      names = "--format",
      paramLabel = "jsonl|csv",
      defaultValue = "jsonl",
      description = "JSON lines, or one table (default: jsonl).")
  private String format = "jsonl";

  @Option(names = "--out", paramLabel = "FILE", description = "Where to (default: stdout).")
  private @Nullable Path out;

  ExportCommand(Console console) {
    super(console);
  }

  @Override
  JsonNode ask(PlatformApi platform) {
    String content = platform.text(path() + "/export?format=" + PlatformApi.part(format));
    if (out == null) {
      return object().put("content", content);
    }
    TextFile.write(out, content);
    return object().put("file", out.toString());
  }

  @Override
  String words(JsonNode answer) {
    return answer.has("content")
        ? answer.path("content").asText()
        : "Written to " + answer.path("file").asText() + ".\n";
  }
}
