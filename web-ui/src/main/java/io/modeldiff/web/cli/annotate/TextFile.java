package io.modeldiff.web.cli.annotate;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people name. */
final class TextFile {
  private TextFile() {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw UserException.badInput("The file " + file + " cannot be read as UTF-8 text.", e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw UserException.failed("The file " + file + " cannot be written: " + e + ".", e);
    }
  }
}
