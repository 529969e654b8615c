package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import picocli.CommandLine.Mixin;

/** A command that asks a platform's API and prints what it answers. */
abstract class AnnotateTask extends ResultCommand {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin private ApiOptions api = new ApiOptions();

  AnnotateTask(Console console) {
    super(console);
  }

  /** Asks. */
  abstract JsonNode ask(PlatformApi platform);

  /** The answer for people. */
  abstract String words(JsonNode answer);

  @Override
  protected void run() {
    api.with(console(), platform -> show(ask(platform)));
  }

  final void show(JsonNode answer) {
    if (json()) {
      JsonDocument.print(console(), answer);
    } else {
      console().out().print(words(answer));
      console().out().flush();
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static String project(String id) {
    return "/annotations/" + PlatformApi.part(id);
  }
}
