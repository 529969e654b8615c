package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff annotate list}. */
@Command(name = "list", description = "All projects, newest first.")
final class ListCommand extends AnnotateTask {
  ListCommand(Console console) {
    super(console);
  }

  @Override
  JsonNode ask(PlatformApi platform) {
    return object().set("projects", platform.get("/annotations"));
  }

  @Override
  String words(JsonNode answer) {
    StringBuilder out = new StringBuilder();
    for (JsonNode p : answer.path("projects")) {
      out.append(ProgressText.line(p)).append('\n');
    }
    return out.isEmpty() ? "There is no annotation project.\n" : out.toString();
  }
}
