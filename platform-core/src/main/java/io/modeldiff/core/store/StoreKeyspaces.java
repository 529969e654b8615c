package io.modeldiff.core.store;

import io.modeldiff.core.error.UserException;
import java.util.List;

/**
 * The keyspaces of one platform: the journal, the snapshots, and the read tables, which can be
 * dropped and rebuilt.
 *
 * @param prefix what their names begin with: a lower-case letter, then letters, digits, underscores
 */
public record StoreKeyspaces(String prefix) {
  /** The prefix of the schema script, and the one used when none is named. */
  public static final StoreKeyspaces DEFAULT = new StoreKeyspaces("modeldiff");

  public StoreKeyspaces {
    if (!prefix.matches("[a-z][a-z0-9_]{0,30}")) {
      throw UserException.badInput(
          "The keyspace prefix \""
              + prefix
              + "\" must be a lower-case letter followed by at most 30 lower-case letters, digits"
              + " or underscores.");
    }
  }

  /** Events and tags. */
  public String journal() {
    return prefix + "_journal";
  }

  /** Snapshots of persistent actors. */
  public String snapshot() {
    return prefix + "_snapshot";
  }

  /** Read tables and the projections' offsets. */
  public String read() {
    return prefix + "_read";
  }

  /** All of them. */
  public List<String> all() {
    return List.of(journal(), snapshot(), read());
  }
}
