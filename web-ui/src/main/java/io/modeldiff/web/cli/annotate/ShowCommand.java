package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff annotate show}. */
@Command(name = "show", description = "A project's design, guidelines and progress.")
final class ShowCommand extends ProjectTask {
  ShowCommand(Console console) {
    super(console);
  }

  @Override
  JsonNode ask(PlatformApi platform) {
    return platform.get(path());
  }

  @Override
  String words(JsonNode answer) {
    JsonNode p = answer.path("progress");
    StringBuilder out = new StringBuilder(ProgressText.line(p)).append('\n');
    out.append("cannot judge ").append(p.path("unjudged").asInt());
    out.append(", late ").append(p.path("late").asInt());
    out.append(" (kept aside ").append(p.path("aside").asInt()).append(")");
    out.append(", differing ").append(p.path("disputed").asInt());
    out.append(", flagged ").append(p.path("flagged").asInt());
    out.append(", reviewed ").append(p.path("adjudicated").asInt()).append('\n');
    p.path("people")
        .fields()
        .forEachRemaining(
            e ->
                out.append("  ").append(e.getKey()).append("  ").append(e.getValue()).append('\n'));
    out.append("Guidelines, version ").append(answer.path("guidelinesVersion").asInt());
    return out.append(":\n").append(answer.path("guidelines").asText()).append('\n').toString();
  }
}
