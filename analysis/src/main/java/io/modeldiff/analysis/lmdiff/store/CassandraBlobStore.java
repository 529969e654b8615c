package io.modeldiff.analysis.lmdiff.store;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.modeldiff.core.error.UserException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A {@link BlobStore} in Cassandra. A folder's values are spread over buckets so that no partition
 * grows with the corpus; a large value is cut into parts, and becomes visible with its last row,
 * which says how many there are.
 */
public final class CassandraBlobStore implements BlobStore {
  private static final int BUCKETS = 64;

  /** Far below what Cassandra takes in one write. */
  private static final int PART = 1 << 20;

  private static final byte WHOLE = 0;
  private static final byte CUT = 1;

  /** No name of a value has this character. */
  private static final char PART_MARK = '#';

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
    write(putFolder.bind(kind(folder), folder));
    if (value.length <= PART) {
      putRow(folder, name, ByteBuffer.allocate(value.length + 1).put(WHOLE).put(value).flip());
      return;
    }
    // Named by content, so that a replaced value's parts are never mixed with the new one's.
    String version = Digests.sha256(value).substring(0, 16);
    int parts = (value.length + PART - 1) / PART;
    for (int i = 0; i < parts; i++) {
      int from = i * PART;
      putRow(
          folder,
          part(name, version, i),
          ByteBuffer.wrap(value, from, Math.min(PART, value.length - from)).slice());
    }
    ByteBuffer head = ByteBuffer.allocate(1 + 4 + version.length());
    head.put(CUT).putInt(value.length).put(version.getBytes(StandardCharsets.US_ASCII)).flip();
    putRow(folder, name, head);
  }

  @Override
  public Optional<byte[]> get(String folder, String name) {
    return getRow(folder, name).map(row -> whole(folder, name, row));
  }

  private byte[] whole(String folder, String name, ByteBuffer row) {
    if (row.get() == WHOLE) {
      byte[] bytes = new byte[row.remaining()];
      row.get(bytes);
      return bytes;
    }
    ByteBuffer value = ByteBuffer.allocate(row.getInt());
    byte[] version = new byte[row.remaining()];
    row.get(version);
    for (int i = 0; value.hasRemaining(); i++) {
      String part = part(name, new String(version, StandardCharsets.US_ASCII), i);
      value.put(
          getRow(folder, part)
              .orElseThrow(
                  () ->
                      UserException.failed(
                          "The store has lost a part of " + name + " in " + folder + ".")));
    }
    return value.array();
  }

  private static String part(String name, String version, int i) {
    return name + PART_MARK + version + PART_MARK + i;
  }

  private void putRow(String folder, String name, ByteBuffer value) {
    write(put.bind(folder, bucket(name), name, value));
  }

  private Optional<ByteBuffer> getRow(String folder, String name) {
    Row row = read(get.bind(folder, bucket(name), name)).one();
    return Optional.ofNullable(row == null ? null : row.getByteBuffer(0));
  }

  // What is stored must survive a lost node, and be seen from every other one.
  private void write(BoundStatement statement) {
    session.execute(statement.setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM));
  }

  private ResultSet read(BoundStatement statement) {
    return session.execute(statement.setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM));
  }

  @Override
  public List<String> names(String folder) {
    List<String> all = new ArrayList<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      read(names.bind(folder, bucket)).forEach(row -> all.add(row.getString(0)));
    }
    all.removeIf(name -> name.indexOf(PART_MARK) >= 0);
    Collections.sort(all);
    return all;
  }

  @Override
  public List<String> folders(String prefix) {
    List<String> all = new ArrayList<>();
    read(folders.bind(kind(prefix))).forEach(row -> all.add(row.getString(0)));
    all.removeIf(folder -> !folder.startsWith(prefix));
    Collections.sort(all);
    return all;
  }

  @Override
  public void delete(String folder) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      write(delete.bind(folder, bucket));
    }
    write(deleteFolder.bind(kind(folder), folder));
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
