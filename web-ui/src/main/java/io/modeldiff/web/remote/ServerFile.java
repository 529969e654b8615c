package io.modeldiff.web.remote;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the API of the platform that runs on a data directory is: a file in it. */
public final class ServerFile {
  private final Path file;

  private ServerFile(Path file) {
    this.file = file;
  }

  /** Of a data directory. */
  public static ServerFile of(Path data) {
    return new ServerFile(data.resolve("server"));
  }

  /** The API's URL; a platform that was killed leaves a stale one behind. */
  public Optional<String> read() {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw UserException.failed(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** Says where the API is. */
  public void write(String url) {
    try {
      Files.writeString(file, url + "\n");
    } catch (IOException e) {
      throw UserException.failed(file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  /** There is none any more. */
  public void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw UserException.failed(file + " cannot be removed: " + e.getMessage() + ".", e);
    }
  }
}
