package io.modeldiff.core.lm.files;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says why a file of a model directory cannot be read. */
final class Unreadable {
  private Unreadable() {}

  /** The error for a file, or for a directory with a file, that could not be read. */
  static UserException of(Path path, IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return UserException.badInput(denied.getFile() + " cannot be read: permission denied.", e);
    }
    if (e instanceof CharacterCodingException) {
      return UserException.badInput(path + " is not UTF-8 text; download the file again.", e);
    }
    return UserException.badInput(path + " cannot be read: " + e.getMessage() + ".", e);
  }

  /** Throws when nobody may look into a directory, where every file would seem to be missing. */
  static void requireSearchable(Path directory) {
    if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
      throw UserException.badInput(directory + " cannot be read: permission denied.");
    }
  }
}
