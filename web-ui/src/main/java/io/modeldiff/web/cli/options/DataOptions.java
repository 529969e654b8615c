package io.modeldiff.web.cli.options;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the platform keeps its data. */
public final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory (default: $MODELDIFF_DATA, else ~/.modeldiff).")
  private @Nullable Path data;

  /** The data directory, absolute; it need not exist yet. */
  public Path directory() {
    Path chosen = data != null ? data : defaultDirectory();
    return chosen.toAbsolutePath().normalize();
  }

  /** The data directory of a person who names none. */
  public static Path defaultDirectory() {
    String named = System.getenv("MODELDIFF_DATA");
    return named != null && !named.isBlank()
        ? Path.of(named)
        : Path.of(Objects.requireNonNull(System.getProperty("user.home")), ".modeldiff");
  }
}
