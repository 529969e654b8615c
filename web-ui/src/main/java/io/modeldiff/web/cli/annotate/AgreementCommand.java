package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.analysis.agreement.ProjectAgreement;
import io.modeldiff.web.cli.console.Console;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code modeldiff annotate agreement}. */
@Command(
    name = "agreement",
    description = {
      "Krippendorff's alpha and Cohen's kappa of the annotators, with 95%% intervals.",
      "A file may be named instead of a project: an export, or any table of scores (CSV with the"
          + " columns item, by and score, or one JSON object with these fields a line)."
    })
final class AgreementCommand extends ProjectTask {
  private static final long SEED = 1;
  private static final JsonMapper JSON = new JsonMapper();

  AgreementCommand(Console console) {
    super(console);
  }

  /** A file needs no platform. */
  @Override
  protected void run() {
    Optional<Path> file = file(id());
    if (file.isPresent()) {
      show(JSON.valueToTree(ProjectAgreement.of(RatingsFile.read(file.get()), SEED)));
    } else {
      super.run();
    }
  }

  private static Optional<Path> file(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Files::isRegularFile);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
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
