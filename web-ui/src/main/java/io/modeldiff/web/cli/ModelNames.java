package io.modeldiff.web.cli;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds a model by its directory or by the name of one of the bundled models. */
public final class ModelNames {
  private ModelNames() {}

  /** The directory that a person means. */
  public static Path directory(String model) {
    Path named = path(model);
    if (named != null && Files.isDirectory(named)) {
      return named;
    }
    Path bundled = bundledFolder();
    if (bundled != null && model.matches("[A-Za-z0-9._-]+")) {
      Path candidate = bundled.resolve(model);
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    throw UserException.badInput(
        "There is no model '"
            + model
            + "': it is neither a directory nor the name of a known model ("
            + String.join(", ", bundledNames())
            + ").");
  }

  /** Loads the model that a person means. */
  public static LanguageModel load(String model, LoadOptions options) {
    return ModelLoader.load(directory(model), options);
  }

  /** Names of the models that come with the program. */
  public static List<String> bundledNames() {
    Path folder = bundledFolder();
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      List<String> names = new ArrayList<>();
      list.filter(d -> Files.isRegularFile(d.resolve("config.json")))
          .sorted()
          .forEach(d -> names.add(Objects.requireNonNull(d.getFileName()).toString()));
      return names;
    } catch (IOException e) {
      throw UserException.failed(folder + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static @Nullable Path path(String model) {
    try {
      return Path.of(model);
    } catch (InvalidPathException e) {
      return null; // a name that no file system allows is certainly no directory
    }
  }

  private static @Nullable Path bundledFolder() {
    String home = System.getProperty("modeldiff.home");
    if (home == null) {
      return null;
    }
    Path folder = Path.of(home, "models");
    return Files.isDirectory(folder) ? folder : null;
  }
}
