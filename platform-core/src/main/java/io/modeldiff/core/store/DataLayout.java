package io.modeldiff.core.store;

import java.nio.file.Path;

/**
 * Where things lie under a data directory. Pure paths: nothing is created, read or locked here.
 *
 * @param root the data directory, absolute
 */
public record DataLayout(Path root) {
  public DataLayout {
    root = root.toAbsolutePath().normalize();
  }

  /** The embedded server's directory: configuration, data, commit log, its logs. */
  public Path cassandra() {
    return root.resolve("cassandra");
  }

  /** Models that the platform made or copied itself. */
  public Path models() {
    return root.resolve("models");
  }

  /** Corpora and their analysis caches. */
  public Path corpora() {
    return root.resolve("corpora");
  }

  /** Log files of the platform. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The file that holds the version of this layout. */
  Path format() {
    return root.resolve("format");
  }

  /** The file whose operating-system lock says that a process uses the directory. */
  Path lock() {
    return root.resolve("lock");
  }

  /** Who holds the lock, for the message of a second start; never trusted for the decision. */
  Path owner() {
    return root.resolve("owner.properties");
  }

  /** Ports that were picked for this directory. */
  Path ports() {
    return root.resolve("ports.properties");
  }

  /** Addresses of cluster members that were last seen from this directory's process. */
  public Path peers() {
    return root.resolve("peers");
  }
}
