package io.modeldiff.analysis.lmdiff.store;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@link BlobStore} in a directory: one file a value, written aside, forced to disk and renamed.
 */
public final class FileBlobStore implements BlobStore {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}");
  private static final String UNFINISHED = ".part";

  private final Path root;

  /** Keeps values under {@code root}, which is made when first needed. */
  public FileBlobStore(Path root) {
    this.root = root;
  }

  @Override
  public void put(String folder, String name, byte[] value) {
    Path target = path(folder).resolve(checked(name));
    try {
      Files.createDirectories(target.getParent());
      Path aside = target.resolveSibling(name + "." + UUID.randomUUID() + UNFINISHED);
      try (FileChannel channel =
          FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel directory = FileChannel.open(target.getParent())) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw UserException.failed("Cannot write " + target + ": " + e.getMessage() + ".", e);
    }
  }

  @Override
  public Optional<byte[]> get(String folder, String name) {
    Path file = path(folder).resolve(checked(name));
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw UserException.failed("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }

  @Override
  public List<String> names(String folder) {
    return list(path(folder)).filter(n -> !n.endsWith(UNFINISHED)).sorted().toList();
  }

  @Override
  public List<String> folders(String prefix) {
    return list(root).filter(n -> n.startsWith(prefix)).sorted().toList();
  }

  @Override
  public void delete(String folder) {
    Path directory = path(folder);
    list(directory)
        .forEach(
            name -> {
              try {
                Files.deleteIfExists(directory.resolve(name));
              } catch (IOException e) {
                throw UserException.failed("Cannot delete " + directory.resolve(name) + ".", e);
              }
            });
    directory.toFile().delete();
  }

  private Path path(String folder) {
    return root.resolve(checked(folder));
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a plain name: " + name);
    }
    return name;
  }

  private static Stream<String> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).toList().stream();
    } catch (IOException e) {
      throw UserException.failed("Cannot list " + directory + ": " + e.getMessage() + ".", e);
    }
  }
}
