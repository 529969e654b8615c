package io.modeldiff.web.cli;

import java.nio.file.Path;

/** Where this process writes its log; the same place is named in logback.xml. */
final class Logs {
  private Logs() {}

  /** The log file, which exists once something was logged. */
  static Path file() {
    String directory = System.getProperty("modeldiff.logs");
    Path logs =
        directory == null
            ? Path.of(System.getProperty("user.home"), ".modeldiff", "logs")
            : Path.of(directory);
    return logs.resolve("modeldiff.log");
  }
}
