package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code modeldiff annotate topup}. */
@Command(
    name = "topup",
    description = "Draws more items per D bin; what was annotated stays valid.")
final class TopUpCommand extends ProjectTask {
  @Option(names = "--per-bin", paramLabel = "N", required = true, description = "Draws per bin.")
  private int perBin;

  TopUpCommand(Console console) {
    super(console);
  }

  @Override
  JsonNode ask(PlatformApi platform) {
    platform.post(path() + "/topup", object().put("perBin", perBin));
    return platform.get(path());
  }

  @Override
  String words(JsonNode answer) {
    return ProgressText.line(answer.path("progress")) + "\n";
  }
}
