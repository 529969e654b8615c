package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff annotate results}. */
@Command(
    name = "results",
    description =
        "Precision and recall of the terms with 95%% intervals, and which model agrees more with"
            + " people.")
final class ResultsCommand extends ProjectTask {
  ResultsCommand(Console console) {
    super(console);
  }

  @Override
  JsonNode ask(PlatformApi platform) {
    return platform.get(path() + "/results");
  }

  @Override
  String words(JsonNode answer) {
    StringBuilder out = new StringBuilder(answer.path("sentence").asText()).append('\n');
    for (JsonNode t : answer.path("terms")) {
      out.append(t.path("term").asText());
      out.append("  precision ").append(ProgressText.share(t.path("precision")));
      out.append("  recall ").append(ProgressText.share(t.path("recall"))).append('\n');
    }
    return out.toString();
  }
}
