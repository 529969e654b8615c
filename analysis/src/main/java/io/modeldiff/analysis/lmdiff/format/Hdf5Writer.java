package io.modeldiff.analysis.lmdiff.format;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes HDF5 files of the classic layout (superblock 0, symbol-table groups) front to back with
 * little memory: contiguous datasets, variable-length UTF-8 strings, any number of groups.
 *
 * <p>jHDF, which reads these files for us, can only write fixed-length strings and signed integers;
 * readers of analysis caches expect variable-length strings and unsigned 32-bit ranks. Layouts
 * follow the HDF5 File Format Specification, version 2.0.
 */
final class Hdf5Writer implements Closeable {
  private static final long UNDEFINED = -1L;
  private static final int SUPERBLOCK = 96;
  private static final int LEAF_K = 4;
  private static final int INTERNAL_K = 16;
  private static final int MIN_COLLECTION = 4096;
  private static final int COLLECTION_LIMIT = 1 << 16;
  private static final int COLLECTION_OBJECTS = 4000;

  /** The library's own reference to a string of no bytes. */
  private static final StringRef EMPTY = new StringRef(0, 0, 0);

  private final Path file;
  private final OutputStream out;
  private long position;

  /** A string in a global heap: what variable-length elements refer to. */
  record StringRef(int length, long collection, int index) {}

  /** A group's object header and the two structures that a symbol table entry may cache. */
  private record GroupAddress(long header, long tree, long heap) {}

  /** One child of a B-tree node: the heap offset of its greatest name, and its address. */
  private record Child(long greatestName, long address) {}

  Hdf5Writer(Path file) throws IOException {
    this.file = file;
    this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
    write(little(SUPERBLOCK));
  }

  /** Stores strings and returns their references, in order. */
  List<StringRef> strings(List<String> values) throws IOException {
    List<StringRef> refs = new ArrayList<>(values.size());
    List<byte[]> pending = new ArrayList<>();
    int bytes = 16;
    for (String value : values) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      int need = utf8.length == 0 ? 0 : 16 + padded(utf8.length);
      if (!pending.isEmpty()
          && (bytes + need > COLLECTION_LIMIT || pending.size() == COLLECTION_OBJECTS)) {
        collection(pending, bytes, refs);
        pending.clear();
        bytes = 16;
      }
      pending.add(utf8);
      bytes += need;
    }
    if (!pending.isEmpty()) {
      collection(pending, bytes, refs);
    }
    return refs;
  }

  /** A dataset of 64-bit signed integers; returns its object header's address. */
  long int64(long[] dims, ByteBuffer data) throws IOException {
    return dataset(dims, Hdf5Messages.INT64, data, 2);
  }

  /** A dataset of 32-bit unsigned integers. */
  long uint32(long[] dims, ByteBuffer data) throws IOException {
    return dataset(dims, Hdf5Messages.UINT32, data, 2);
  }

  /** A dataset of 32-bit floats. */
  long float32(long[] dims, ByteBuffer data) throws IOException {
    return dataset(dims, Hdf5Messages.FLOAT32, data, 2);
  }

  /** A one-dimensional dataset of variable-length UTF-8 strings. */
  long stringDataset(List<String> values) throws IOException {
    List<StringRef> refs = strings(values);
    ByteBuffer data = little(16 * refs.size());
    refs.forEach(ref -> Hdf5Messages.putReference(data, ref));
    return dataset(new long[] {values.size()}, Hdf5Messages.VLEN_UTF8, data.flip(), 0);
  }

  /** A group with named members and string attributes; returns its object header's address. */
  long group(SortedMap<String, Long> links, Map<String, StringRef> attributes) throws IOException {
    return writeGroup(links, attributes).header();
  }

  /** Writes the root group and the superblock and closes the file. */
  void finish(SortedMap<String, Long> links, Map<String, String> attributes) throws IOException {
    Map<String, StringRef> refs = new LinkedHashMap<>();
    List<StringRef> stored = strings(List.copyOf(attributes.values()));
    int i = 0;
    for (String name : attributes.keySet()) {
      refs.put(name, stored.get(i++));
    }
    GroupAddress root = writeGroup(links, refs);
    out.close();
    try (RandomAccessFile patch = new RandomAccessFile(file.toFile(), "rw")) {
      patch.write(superblock(root));
      patch.getFD().sync();
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private long dataset(long[] dims, byte[] type, ByteBuffer data, int allocation)
      throws IOException {
    int size = data.remaining();
    long at = size == 0 ? UNDEFINED : position;
    byte[] raw = new byte[size];
    data.get(raw);
    write(raw);
    align();
    long header = position;
    write(
        Hdf5Messages.objectHeader(
            List.of(
                Hdf5Messages.message(0x01, Hdf5Messages.dataspace(dims)),
                Hdf5Messages.constantMessage(0x03, type),
                Hdf5Messages.constantMessage(0x05, Hdf5Messages.fillValue(allocation)),
                Hdf5Messages.message(0x08, Hdf5Messages.contiguous(at, size)))));
    return header;
  }

  private GroupAddress writeGroup(SortedMap<String, Long> links, Map<String, StringRef> attributes)
      throws IOException {
    List<String> names = List.copyOf(links.keySet());
    long[] offsets = new long[names.size()];
    long heap = localHeap(names, offsets);
    long tree = nameTree(links, offsets);
    List<byte[]> messages = new ArrayList<>();
    messages.add(Hdf5Messages.message(0x11, Hdf5Messages.symbolTable(tree, heap)));
    attributes.forEach(
        (name, ref) ->
            messages.add(Hdf5Messages.message(0x0C, Hdf5Messages.stringAttribute(name, ref))));
    long header = position;
    write(Hdf5Messages.objectHeader(messages));
    return new GroupAddress(header, tree, heap);
  }

  private long localHeap(List<String> names, long[] offsets) throws IOException {
    int size = 8;
    for (int i = 0; i < names.size(); i++) {
      offsets[i] = size;
      size += padded(names.get(i).length() + 1);
    }
    long heap = position;
    ByteBuffer b = little(32 + size);
    b.put(ascii("HEAP")).putInt(0).putLong(size).putLong(1).putLong(heap + 32);
    for (int i = 0; i < names.size(); i++) {
      b.position(32 + (int) offsets[i]).put(ascii(names.get(i)));
    }
    write(b);
    return heap;
  }

  private long nameTree(SortedMap<String, Long> links, long[] offsets) throws IOException {
    List<Child> level = symbolNodes(List.copyOf(links.values()), offsets);
    int depth = 0;
    do {
      level = treeLevel(level, depth++);
    } while (level.size() > 1);
    return level.get(0).address();
  }

  private List<Child> symbolNodes(List<Long> headers, long[] offsets) throws IOException {
    List<Child> nodes = new ArrayList<>();
    for (int from = 0; from < headers.size(); from += 2 * LEAF_K) {
      int to = Math.min(from + 2 * LEAF_K, headers.size());
      ByteBuffer b = little(8 + 2 * LEAF_K * 40);
      b.put(ascii("SNOD")).put((byte) 1).put((byte) 0).putShort((short) (to - from));
      for (int i = from; i < to; i++) {
        b.putLong(offsets[i]).putLong(headers.get(i)).putLong(0).putLong(0).putLong(0);
      }
      nodes.add(new Child(offsets[to - 1], position));
      write(b);
    }
    return nodes;
  }

  private List<Child> treeLevel(List<Child> children, int depth) throws IOException {
    int fan = 2 * INTERNAL_K;
    int size = 24 + (fan + 1) * 8 + fan * 8;
    int count = Math.max(1, (children.size() + fan - 1) / fan);
    long first = position;
    List<Child> nodes = new ArrayList<>(count);
    long leastName = 0;
    for (int n = 0; n < count; n++) {
      List<Child> part = children.subList(n * fan, Math.min(children.size(), (n + 1) * fan));
      ByteBuffer b = little(size);
      b.put(ascii("TREE")).put((byte) 0).put((byte) depth).putShort((short) part.size());
      b.putLong(n == 0 ? UNDEFINED : first + (long) (n - 1) * size);
      b.putLong(n == count - 1 ? UNDEFINED : first + (long) (n + 1) * size);
      b.putLong(leastName);
      for (Child child : part) {
        b.putLong(child.address()).putLong(child.greatestName());
        leastName = child.greatestName();
      }
      nodes.add(new Child(leastName, position));
      write(b);
    }
    return nodes;
  }

  private void collection(List<byte[]> values, int bytes, List<StringRef> refs) throws IOException {
    int size = Math.max(MIN_COLLECTION, bytes);
    long at = position;
    ByteBuffer b = little(size);
    b.put(ascii("GCOL")).putInt(1).putLong(size);
    int index = 0;
    for (byte[] value : values) {
      if (value.length == 0) {
        refs.add(EMPTY);
        continue;
      }
      index++;
      b.putShort((short) index).putShort((short) 0).putInt(0).putLong(value.length);
      b.put(value).position(b.position() + padded(value.length) - value.length);
      refs.add(new StringRef(value.length, at, index));
    }
    int free = size - b.position();
    if (free >= 16) {
      b.putLong(0).putLong(free);
    }
    write(b);
  }

  private byte[] superblock(GroupAddress root) {
    ByteBuffer b = little(SUPERBLOCK);
    b.put((byte) 0x89).put(ascii("HDF\r\n")).put((byte) 0x1a).put((byte) '\n');
    b.putInt(0).put((byte) 0).put((byte) 8).put((byte) 8).put((byte) 0);
    b.putShort((short) LEAF_K).putShort((short) INTERNAL_K).putInt(0);
    b.putLong(0).putLong(UNDEFINED).putLong(position).putLong(UNDEFINED);
    b.putLong(0).putLong(root.header()).putInt(1).putInt(0);
    b.putLong(root.tree()).putLong(root.heap());
    return b.array();
  }

  private void write(ByteBuffer buffer) throws IOException {
    write(buffer.array());
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  private void align() throws IOException {
    int over = (int) (position % 8);
    if (over != 0) {
      write(new byte[8 - over]);
    }
  }

  static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int padded(int length) {
    return (length + 7) & ~7;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
