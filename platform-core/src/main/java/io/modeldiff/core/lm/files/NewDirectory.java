package io.modeldiff.core.lm.files;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Writes a model directory whole or not at all: into an unfinished sibling that is renamed at the
 * end, so that a copy that was interrupted never looks like a model.
 */
public final class NewDirectory {
  /** Writes the files of the directory. */
  public interface Writer {
    /** Writes into {@code directory}, which is empty. */
    void write(Path directory) throws IOException;
  }

  private NewDirectory() {}

  /** Makes the directory {@code target}, which must not exist, with the person's usual rights. */
  public static void write(Path target, Writer writer) {
    if (Files.exists(target)) {
      throw UserException.badInput(
          target
              + " exists already; name a directory that does not, models are never overwritten.");
    }
    Path whole = target.toAbsolutePath().normalize();
    Path unfinished =
        whole.resolveSibling(
            "." + whole.getFileName() + ".unfinished-" + ProcessHandle.current().pid());
    try {
      Files.createDirectories(Objects.requireNonNull(whole.getParent()));
      Files.createDirectory(unfinished);
      try {
        writer.write(unfinished);
        Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException e) {
        delete(unfinished);
        throw e;
      }
    } catch (IOException e) {
      throw UserException.failed(target + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  /** The files of a directory, by name. */
  public static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void delete(Path directory) throws IOException {
    for (Path file : files(directory)) {
      Files.delete(file);
    }
    Files.delete(directory);
  }
}
