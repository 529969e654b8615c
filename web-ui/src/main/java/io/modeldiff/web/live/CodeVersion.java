package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.result.ComparisonDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which computation this program is: a fingerprint of the code that results are computed by. What
 * other code has computed is computed anew, so that what is kept is always what a recomputation
 * gives, and nobody has to remember to count a version up.
 */
final class CodeVersion {
  private static final int BYTES = 8;
  private static final String OURS = computed();

  private CodeVersion() {}

  /** Of the running program. */
  static String ours() {
    return OURS;
  }

  private static String computed() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, UserException.class, "io/modeldiff/core");
      add(digest, ComparisonAnalysis.class, "io/modeldiff/analysis");
      add(digest, ComparisonDocument.class, "io/modeldiff/web/result");
      add(digest, CodeVersion.class, "io/modeldiff/web/live");
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The classes of a folder, wherever the program was started from: folders or jars. */
  private static void add(MessageDigest digest, Class<?> anchor, String folder)
      throws IOException, URISyntaxException {
    Path code =
        Path.of(
            Objects.requireNonNull(anchor.getProtectionDomain().getCodeSource(), "no code source")
                .getLocation()
                .toURI());
    if (Files.isDirectory(code)) {
      addClasses(digest, code.resolve(folder));
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(code)) {
        addClasses(digest, jar.getPath(folder));
      }
    }
  }

  private static void addClasses(MessageDigest digest, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> classes = files.filter(f -> f.toString().endsWith(".class")).sorted().toList();
      for (Path file : classes) {
        digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    }
  }
}
