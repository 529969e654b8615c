package io.modeldiff.web.compare;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The models that come with the program. */
public final class Bundled {
  private Bundled() {}

  /**
   * A bundled model by its name.
   *
   * @throws UserException when its directory is missing
   */
  public static ModelDirectory model(String name) {
    String home = System.getProperty("modeldiff.home");
    Path directory = Path.of(home == null ? "." : home, "models", name);
    if (!Files.isDirectory(directory)) {
      throw UserException.failed(
          "The bundled model "
              + directory
              + " is missing; restore it from the repository"
              + (name.endsWith("-toy")
                  ? ", or train it anew with 'modeldiff model train-toy'."
                  : "."));
    }
    return ModelDirectory.open(directory);
  }
}
