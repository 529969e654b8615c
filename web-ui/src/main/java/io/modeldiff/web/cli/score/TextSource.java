package io.modeldiff.web.cli.score;

import io.modeldiff.core.error.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The texts to be scored, in order: those of the command line, then the lines of a file. A file can
 * be walked any number of times and is never held in memory as a whole.
 */
final class TextSource implements AutoCloseable {
  /**
   * One text.
   *
   * @param place where it came from, for messages, e.g. {@code line 17 of corpus.txt}
   * @param text the text, or null when it was given as token ids
   * @param ids the token ids, or null when it was given as text
   */
  record Item(String place, @Nullable String text, int @Nullable [] ids) {}

  private final List<Item> given = new ArrayList<>();
  private final @Nullable Path file;
  private final boolean temporary;

  /**
   * @param file lines of UTF-8; {@code -} is standard input
   */
  TextSource(List<String> texts, List<String> tokens, @Nullable String file) {
    for (String text : texts) {
      given.add(new Item("--text '" + shortened(text) + "'", text, null));
    }
    for (String ids : tokens) {
      given.add(new Item("--tokens '" + shortened(ids) + "'", null, parse(ids)));
    }
    this.temporary = "-".equals(file);
    this.file = file == null ? null : temporary ? spool() : Path.of(file);
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 37) + "...";
  }

  private static int[] parse(String ids) {
    String stripped = ids.strip();
    String[] parts = stripped.isEmpty() ? new String[0] : stripped.split("[\\s,]+");
    int[] parsed = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        parsed[i] = Integer.parseInt(parts[i]);
      } catch (NumberFormatException e) {
        throw UserException.badInput(
            "--tokens takes ids separated by blanks, such as \"1 2 3\", but '"
                + parts[i]
                + "' is not a number.",
            e);
      }
    }
    return parsed;
  }

  private static Path spool() {
    try {
      Path spool = Files.createTempFile("modeldiff-score", ".txt");
      Files.copy(System.in, spool, StandardCopyOption.REPLACE_EXISTING);
      return spool;
    } catch (IOException e) {
      throw UserException.failed("Standard input cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** Gives every text to the visitor, in order. */
  void each(Consumer<Item> visitor) {
    given.forEach(visitor);
    if (file == null) {
      return;
    }
    String name = temporary ? "standard input" : file.toString();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      long line = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        visitor.accept(new Item("line " + ++line + " of " + name, text, null));
      }
    } catch (CharacterCodingException e) {
      throw UserException.badInput(name + " is not UTF-8 text; convert it first.", e);
    } catch (NoSuchFileException e) {
      throw UserException.badInput("There is no file " + name + ".", e);
    } catch (IOException e) {
      throw UserException.badInput(name + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (temporary && file != null) {
      Files.deleteIfExists(file);
    }
  }
}
