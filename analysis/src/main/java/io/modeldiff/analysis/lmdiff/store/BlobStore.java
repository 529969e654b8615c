package io.modeldiff.analysis.lmdiff.store;

import java.util.List;
import java.util.Optional;

/**
 * Keeps byte strings by folder and name. A value is either stored whole and for good when {@link
 * #put} returns, or not at all.
 */
public interface BlobStore {
  /** Stores a value, replacing an earlier one of that name. */
  void put(String folder, String name, byte[] value);

  /** The value, when there is one. */
  Optional<byte[]> get(String folder, String name);

  /** Names in a folder, ascending. */
  List<String> names(String folder);

  /** Folders whose name begins with the prefix, ascending. */
  List<String> folders(String prefix);

  /** Forgets a folder and everything in it. */
  void delete(String folder);
}
