package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.cli.console.Console;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code modeldiff annotate guidelines}. */
@Command(
    name = "guidelines",
    description = "A new version of the guidelines; earlier answers keep the version they were by.")
final class GuidelinesCommand extends ProjectTask {
  @Option(names = "--file", paramLabel = "FILE", required = true, description = "The text.")
  private Path file = Path.of("");

  GuidelinesCommand(Console console) {
    super(console);
  }

  @Override
  JsonNode ask(PlatformApi platform) {
    platform.post(path() + "/guidelines", object().put("text", TextFile.read(file)));
    return platform.get(path());
  }

  @Override
  String words(JsonNode answer) {
    return "The guidelines are at version " + answer.path("guidelinesVersion").asInt() + ".\n";
  }
}
