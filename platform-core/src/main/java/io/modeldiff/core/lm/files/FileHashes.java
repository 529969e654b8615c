package io.modeldiff.core.lm.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * SHA-256 of the files of a model directory.
 *
 * @param files relative file name to lower-case hex SHA-256, all regular files at the top level of
 *     the directory, hidden ones excluded
 */
public record FileHashes(SortedMap<String, String> files) {
  /** Hashes a directory. Reads every byte; a 500 MB model takes about a second. */
  public static FileHashes of(Path directory) {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> list = Files.list(directory)) {
      for (Path file : list.filter(FileHashes::counts).toList()) {
        hashes.put(file.getFileName().toString(), sha256(file));
      }
    } catch (IOException e) {
      throw Unreadable.of(directory, e);
    }
    return new FileHashes(hashes);
  }

  private static boolean counts(Path file) {
    return Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".");
  }

  /** SHA-256 over the sorted lines {@code hash␠␠name\n}: the identity of the model. */
  public String combined() {
    MessageDigest digest = digest();
    files.forEach(
        (name, hash) ->
            digest.update((hash + "  " + name + "\n").getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
