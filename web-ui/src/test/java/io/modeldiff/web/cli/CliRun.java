package io.modeldiff.web.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One command run in this process, with what it wrote. */
record CliRun(int exitCode, String out, String err) {
  static CliRun of(String... args) {
    return of(new StopSignal(), args);
  }

  static CliRun of(StopSignal stop, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            stop);
    int code = Main.run(console, args);
    return new CliRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The one JSON document on stdout. */
  JsonNode json() {
    try {
      return new ObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(out);
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
