package io.modeldiff.core.store;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads out of a failed server's logs what a person can do about it. */
final class CassandraTrouble {
  private static final int TAIL_BYTES = 64 << 10;

  private CassandraTrouble() {}

  static UserException explain(CassandraLaunch launch) {
    return UserException.failed(
        sentence(tail(launch.output()) + "\n" + tail(launch.systemLog()), launch));
  }

  static String sentence(String logs, CassandraLaunch launch) {
    if (logs.contains("No space left on device") || logs.contains("Insufficient disk space")) {
      return "The disk that holds "
          + launch.directory()
          + " is full, so Cassandra stopped; free some space, work then goes on where it was.";
    }
    if (logs.contains("Address already in use") || logs.contains("is in use by another process")) {
      return "Another program listens on a loopback port that Cassandra needs ("
          + launch.cqlPort()
          + " or "
          + launch.storagePort()
          + "); stop it and start again.";
    }
    if (logs.contains("Could not reserve enough space")
        || logs.contains("Cannot allocate memory")
        || logs.contains("insufficient memory")) {
      return "There is not enough memory for the embedded Cassandra (it needs about 600 MB); stop"
          + " some programs, or name an external cluster with --cassandra host:port.";
    }
    return "The embedded Cassandra did not come up"
        + lastError(logs)
        + "; see "
        + launch.systemLog()
        + " and "
        + launch.output()
        + ".";
  }

  private static String lastError(String logs) {
    List<String> errors =
        logs.lines().filter(l -> l.startsWith("ERROR") || l.startsWith("Exception")).toList();
    if (errors.isEmpty()) {
      return "";
    }
    String last = errors.get(errors.size() - 1);
    int dash = last.indexOf(" - ");
    return " (" + (dash < 0 ? last : last.substring(dash + 3)).strip() + ")";
  }

  private static String tail(Path file) {
    try {
      if (Files.notExists(file)) {
        return "";
      }
      byte[] bytes = Files.readAllBytes(file);
      int from = Math.max(0, bytes.length - TAIL_BYTES);
      return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "cannot read " + file + ": " + e.getMessage();
    }
  }
}
