package io.modeldiff.analysis.lmdiff.format;

import static io.modeldiff.analysis.lmdiff.format.Hdf5Writer.ascii;
import static io.modeldiff.analysis.lmdiff.format.Hdf5Writer.little;
import static io.modeldiff.analysis.lmdiff.format.Hdf5Writer.padded;

import io.modeldiff.analysis.lmdiff.format.Hdf5Writer.StringRef;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/**
 * Bodies of the object header messages that {@link Hdf5Writer} uses (specification, section IV).
 */
final class Hdf5Messages {
  /** Little-endian signed 64-bit integer. */
  static final byte[] INT64 = hex("10080000080000000000400000000000");

  /** Little-endian unsigned 32-bit integer. */
  static final byte[] UINT32 = hex("10000000040000000000200000000000");

  /** Little-endian IEEE 754 32-bit float. */
  static final byte[] FLOAT32 = hex("11201f000400000000002000170800177f00000000000000");

  /** Variable-length string, UTF-8, over unsigned bytes. */
  static final byte[] VLEN_UTF8 = hex("190101001000000010000000010000000000080000000000");

  private Hdf5Messages() {}

  static byte[] dataspace(long[] dims) {
    ByteBuffer b = little(8 + 16 * dims.length);
    b.put((byte) 1).put((byte) dims.length).put((byte) 1).put((byte) 0).putInt(0);
    for (int twice = 0; twice < 2; twice++) {
      for (long dim : dims) {
        b.putLong(dim);
      }
    }
    return b.array();
  }

  static byte[] fillValue(int allocation) {
    return new byte[] {2, 2, (byte) allocation, 1, 0, 0, 0, 0};
  }

  static byte[] contiguous(long address, long size) {
    return little(24).put((byte) 3).put((byte) 1).putLong(address).putLong(size).array();
  }

  static byte[] symbolTable(long tree, long heap) {
    return little(16).putLong(tree).putLong(heap).array();
  }

  static byte[] stringAttribute(String name, StringRef value) {
    int nameSize = name.length() + 1;
    ByteBuffer b = little(8 + padded(nameSize) + VLEN_UTF8.length + 8 + 16);
    b.put((byte) 1).put((byte) 0).putShort((short) nameSize);
    b.putShort((short) 20).putShort((short) 8);
    b.put(ascii(name)).position(8 + padded(nameSize));
    b.put(VLEN_UTF8).putLong(1);
    putReference(b, value);
    return b.array();
  }

  static void putReference(ByteBuffer b, StringRef ref) {
    b.putInt(ref.length()).putLong(ref.collection()).putInt(ref.index());
  }

  static byte[] message(int type, byte[] body) {
    return message(type, 0, body);
  }

  static byte[] constantMessage(int type, byte[] body) {
    return message(type, 1, body);
  }

  private static byte[] message(int type, int flags, byte[] body) {
    ByteBuffer b = little(8 + padded(body.length));
    b.putShort((short) type).putShort((short) padded(body.length)).put((byte) flags);
    b.position(8).put(body);
    return b.array();
  }

  static byte[] objectHeader(List<byte[]> messages) {
    int size = messages.stream().mapToInt(m -> m.length).sum();
    ByteBuffer b = little(16 + size);
    b.put((byte) 1).put((byte) 0).putShort((short) messages.size()).putInt(1).putInt(size);
    b.position(16);
    messages.forEach(b::put);
    return b.array();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
