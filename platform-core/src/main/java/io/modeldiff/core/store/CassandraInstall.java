package io.modeldiff.core.store;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to start a server: its class path and a Java that it runs on.
 *
 * @param lib the folder with the server's jars, which the build copies
 * @param java the {@code java} executable, of a version from 11 to 17
 */
public record CassandraInstall(Path lib, Path java) {
  /** System property: the folder of the program, set by the launcher. */
  public static final String HOME_PROPERTY = "modeldiff.home";

  /** System property: the folder of the server's jars where they lie elsewhere. */
  public static final String LIB_PROPERTY = "modeldiff.cassandra.lib";

  private static final int OLDEST_JAVA = 11;
  private static final int NEWEST_JAVA = 17;

  /**
   * Finds both.
   *
   * @throws UserException when one is missing
   */
  public static CassandraInstall find() {
    return new CassandraInstall(findLib(), findJava());
  }

  /** The java agent that the server measures its objects with. */
  Path memoryMeter() {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("jamm-"))
          .findFirst()
          .orElseThrow(() -> incomplete(lib));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UserException incomplete(Path lib) {
    return UserException.failed(
        "The embedded Cassandra in "
            + lib
            + " is incomplete (no jamm jar); run \"mvn package\" in the program's folder again.");
  }

  private static Path findLib() {
    for (Path candidate : candidates()) {
      if (Files.isDirectory(candidate)) {
        return candidate.toAbsolutePath().normalize();
      }
    }
    throw UserException.failed(
        "The embedded Cassandra's jars were not found (looked for "
            + candidates().get(0)
            + "); build the program with \"mvn package\", or name an external cluster with"
            + " --cassandra host:port.");
  }

  private static List<Path> candidates() {
    List<Path> found = new ArrayList<>();
    String lib = System.getProperty(LIB_PROPERTY);
    if (lib != null) {
      found.add(Path.of(lib));
    }
    String home = System.getProperty(HOME_PROPERTY);
    if (home != null) {
      addHome(found, Path.of(home));
    }
    for (Path folder = classFolder(); folder != null; folder = folder.getParent()) {
      addHome(found, folder);
    }
    return found;
  }

  private static void addHome(List<Path> found, Path home) {
    found.add(home.resolve("platform-core/cassandra-dist/target/cassandra-lib"));
    found.add(home.resolve("cassandra-lib"));
  }

  /** Where this class was loaded from: inside the program's folder, in a build as in a test. */
  private static @Nullable Path classFolder() {
    try {
      var source = CassandraInstall.class.getProtectionDomain().getCodeSource();
      return source == null ? null : Path.of(source.getLocation().toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path findJava() {
    int running = Runtime.version().feature();
    if (running >= OLDEST_JAVA && running <= NEWEST_JAVA) {
      return Path.of(System.getProperty("java.home"), "bin", "java");
    }
    return java17InUsualPlaces()
        .orElseThrow(
            () ->
                UserException.failed(
                    "The embedded Cassandra runs on Java "
                        + OLDEST_JAVA
                        + " to "
                        + NEWEST_JAVA
                        + ", this is Java "
                        + running
                        + " and no JDK 17 was found; install one (Debian: openjdk-17-jdk), or set"
                        + " JAVA_HOME to it."));
  }

  private static Optional<Path> java17InUsualPlaces() {
    Path folder = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> jdks = Files.list(folder)) {
      return jdks.filter(jdk -> jdk.getFileName().toString().contains("17"))
          .map(jdk -> jdk.resolve("bin/java"))
          .filter(Files::isExecutable)
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
