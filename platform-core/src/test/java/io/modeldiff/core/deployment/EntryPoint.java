package io.modeldiff.core.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the images' entry point with a Java that prints its arguments, one a line. */
final class EntryPoint {
  private EntryPoint() {}

  static List<String> arguments(
      Path script, @Nullable Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path java = Files.createTempFile("java", ".sh");
    Files.writeString(java, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    if (!java.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + java + " executable");
    }
    List<String> line = new ArrayList<>(List.of("bash", script.toString()));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(Map.of("MODELDIFF_HOME", "/opt/modeldiff"));
    builder.environment().put("MODELDIFF_DATA", "/var/lib/modeldiff");
    builder.environment().put("MODELDIFF_JAVA", java.toString());
    builder.environment().putAll(environment == null ? Map.of() : environment);
    Process process = builder.start();
    List<String> arguments;
    try (var reader = process.inputReader()) {
      arguments = reader.lines().toList();
    }
    if (process.waitFor() != 0) {
      throw new IOException("the entry point failed: " + arguments);
    }
    Files.delete(java);
    return arguments;
  }
}
