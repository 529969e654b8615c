package io.modeldiff.core.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The registered models as files of the data directory, so that commands that need no running
 * platform find them by name. The journal is the truth; this list is rewritten from it.
 */
public final class LocalModels {
  private static final String ENDING = ".json";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /**
   * @param folder the data directory's folder for models; it need not exist
   */
  public LocalModels(Path folder) {
    this.folder = folder;
  }

  /** Checks that a name can be registered: it must not look like a path or an option. */
  public static String requireName(String name) {
    if (!name.matches(NAME)) {
      throw UserException.badInput(
          "A model's name has 1 to 100 letters, digits, dots, dashes or underscores and begins with"
              + " a letter or digit, but was '"
              + name
              + "'.");
    }
    return name;
  }

  /** The model of that name. */
  public Optional<RegisteredModel> find(String name) {
    if (!name.matches(NAME) || !Files.isRegularFile(folder.resolve(name + ENDING))) {
      return Optional.empty();
    }
    return Optional.of(read(folder.resolve(name + ENDING)));
  }

  /** All models, by name. */
  public List<RegisteredModel> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      List<RegisteredModel> models = new ArrayList<>();
      list.filter(file -> file.toString().endsWith(ENDING))
          .sorted()
          .forEach(file -> models.add(read(file)));
      return models;
    } catch (IOException e) {
      throw UserException.failed(folder + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** Writes what the journal says. */
  public void write(Collection<RegisteredModel> models) {
    try {
      Files.createDirectories(folder);
      for (RegisteredModel model : models) {
        Path unfinished = Files.createTempFile(folder, ".model", ".tmp");
        JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), model);
        Files.move(
            unfinished,
            folder.resolve(model.name() + ENDING),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw UserException.failed(folder + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  private static RegisteredModel read(Path file) {
    try {
      return JSON.readValue(file.toFile(), RegisteredModel.class);
    } catch (IOException e) {
      throw UserException.failed(
          file + " is damaged; delete it, and the next modeldiff model add writes it anew.", e);
    }
  }
}
