package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff annotate agreement}. */
@Command(
    name = "agreement",
    description = "Krippendorff's alpha and Cohen's kappa of the annotators, with 95%% intervals.")
final class AgreementCommand extends ProjectTask {
  AgreementCommand(Console console) {
    super(console);
  }

  @Override
  JsonNode ask(PlatformApi platform) {
    return platform.get(path() + "/agreement");
  }

  @Override
  String words(JsonNode answer) {
    StringBuilder out = new StringBuilder();
    for (String metric : new String[] {"nominal", "ordinal", "interval"}) {
      out.append("Krippendorff's alpha, ").append(metric).append(": ");
      out.append(ProgressText.figure(answer.path(metric))).append('\n');
    }
    for (JsonNode pair : answer.path("pairs")) {
      out.append("Cohen's kappa, ").append(pair.path("first").asText()).append(" and ");
      out.append(pair.path("second").asText()).append(": ");
      out.append(ProgressText.figure(pair.path("kappa"))).append('\n');
    }
    return out.toString();
  }
}
