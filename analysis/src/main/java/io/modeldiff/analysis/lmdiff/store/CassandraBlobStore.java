package io.modeldiff.analysis.lmdiff.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A {@link BlobStore} in Cassandra. A folder's values are spread over buckets so that no partition
 * grows with the corpus.
 */
public final class CassandraBlobStore implements BlobStore {
  private static final int BUCKETS = 64;

  private final CqlSession session;
  private final PreparedStatement put;
  private final PreparedStatement putFolder;
  private final PreparedStatement get;
  private final PreparedStatement names;
  private final PreparedStatement folders;
  private final PreparedStatement delete;
  private final PreparedStatement deleteFolder;

  /** Values in the keyspace's {@code lmdiff_blobs} and {@code lmdiff_folders}. */
  public CassandraBlobStore(CqlSession session, String keyspace) {
    this.session = session;
    String blobs = keyspace + ".lmdiff_blobs";
    String list = keyspace + ".lmdiff_folders";
    put =
        session.prepare(
            "INSERT INTO " + blobs + " (folder, bucket, name, value) VALUES (?, ?, ?, ?)");
    putFolder = session.prepare("INSERT INTO " + list + " (kind, folder) VALUES (?, ?)");
    get =
        session.prepare(
            "SELECT value FROM " + blobs + " WHERE folder = ? AND bucket = ? AND name = ?");
    names = session.prepare("SELECT name FROM " + blobs + " WHERE folder = ? AND bucket = ?");
    folders = session.prepare("SELECT folder FROM " + list + " WHERE kind = ?");
    delete = session.prepare("DELETE FROM " + blobs + " WHERE folder = ? AND bucket = ?");
    deleteFolder = session.prepare("DELETE FROM " + list + " WHERE kind = ? AND folder = ?");
  }

  @Override
  public void put(String folder, String name, byte[] value) {
    session.execute(putFolder.bind(kind(folder), folder));
    session.execute(put.bind(folder, bucket(name), name, ByteBuffer.wrap(value)));
  }

  @Override
  public Optional<byte[]> get(String folder, String name) {
    Row row = session.execute(get.bind(folder, bucket(name), name)).one();
    ByteBuffer value = row == null ? null : row.getByteBuffer(0);
    if (value == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return Optional.of(bytes);
  }

  @Override
  public List<String> names(String folder) {
    List<String> all = new ArrayList<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      session.execute(names.bind(folder, bucket)).forEach(row -> all.add(row.getString(0)));
    }
    Collections.sort(all);
    return all;
  }

  @Override
  public List<String> folders(String prefix) {
    List<String> all = new ArrayList<>();
    session.execute(folders.bind(kind(prefix))).forEach(row -> all.add(row.getString(0)));
    all.removeIf(folder -> !folder.startsWith(prefix));
    Collections.sort(all);
    return all;
  }

  @Override
  public void delete(String folder) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      session.execute(delete.bind(folder, bucket));
    }
    session.execute(deleteFolder.bind(kind(folder), folder));
  }

  /** What comes before the first dash: cache, corpus, pair. */
  private static String kind(String folder) {
    int dash = folder.indexOf('-');
    return dash < 0 ? folder : folder.substring(0, dash);
  }

  private static int bucket(String name) {
    return Math.floorMod(name.hashCode(), BUCKETS);
  }
}
