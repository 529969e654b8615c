package io.modeldiff.web.cli;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.registry.LocalModels;
import io.modeldiff.core.registry.RegisteredModel;
import io.modeldiff.core.store.DataLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds a model as a person names it: a registered name, a directory, or the name of a model that
 * comes with the program, in this order. A name cannot look like a path, so that ./NAME is always
 * the directory.
 */
public final class ModelNames {
  private final LocalModels registered;

  /**
   * @param data the data directory; it need not exist
   */
  public ModelNames(Path data) {
    this.registered = new LocalModels(new DataLayout(data).models());
  }

  /** Opens the model that a person means; a registered one must be unchanged. */
  public ModelDirectory open(String model) {
    Optional<RegisteredModel> known = registered.find(model);
    if (known.isPresent()) {
      return unchanged(known.get());
    }
    Path named = path(model);
    if (named != null && Files.isDirectory(named)) {
      return ModelDirectory.open(named);
    }
    return bundled(model)
        .map(ModelDirectory::open)
        .orElseThrow(
            () ->
                UserException.badInput(
                    "There is no model '"
                        + model
                        + "': it is neither a directory nor one of the known models ("
                        + String.join(", ", names())
                        + ")."));
  }

  /** Loads the model that a person means. */
  public LanguageModel load(String model, LoadOptions options) {
    return ModelLoader.load(open(model), options);
  }

  private static ModelDirectory unchanged(RegisteredModel model) {
    Path path = Path.of(model.path());
    if (!Files.isDirectory(path)) {
      throw UserException.badInput(
          "The directory "
              + path
              + " of the registered model "
              + model.name()
              + " is gone; put it back, or register a copy under another name.");
    }
    ModelDirectory directory = ModelDirectory.open(path);
    if (!directory.hashes().combined().equals(model.hash())) {
      throw UserException.badInput(
          "The files in "
              + path
              + " have changed since model "
              + model.name()
              + " was registered, and registered models are immutable; put the original files back,"
              + " or register the changed ones under another name.");
    }
    return directory;
  }

  /** The directory of a model that comes with the program. */
  public static Optional<Path> bundled(String name) {
    Path folder = bundledFolder();
    if (folder == null || !name.matches("[A-Za-z0-9._-]+")) {
      return Optional.empty();
    }
    Path candidate = folder.resolve(name);
    return Files.isRegularFile(candidate.resolve("config.json"))
        ? Optional.of(candidate)
        : Optional.empty();
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

  private TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>(bundledNames());
    registered.all().forEach(model -> names.add(model.name()));
    return names;
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
