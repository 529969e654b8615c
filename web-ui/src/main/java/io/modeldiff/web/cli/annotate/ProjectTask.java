package io.modeldiff.web.cli.annotate;

import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Parameters;

/** A command about one project. */
abstract class ProjectTask extends AnnotateTask {
  @Parameters(paramLabel = "PROJECT", description = "The project's id.")
  private String id = "";

  ProjectTask(Console console) {
    super(console);
  }

  /** The path of the project. */
  final String path() {
    return project(id);
  }

  final String id() {
    return id;
  }
}
