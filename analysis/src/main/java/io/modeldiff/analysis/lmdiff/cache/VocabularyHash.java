package io.modeldiff.analysis.lmdiff.cache;

import io.modeldiff.analysis.lmdiff.store.Digests;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The original's {@code vocab_hash}: SHA-256 of Python's {@code
 * pickle.dumps(sorted(vocab.items()))} at protocol 4. Two analysis caches are comparable only when
 * it agrees, so it is reproduced byte for byte.
 */
public final class VocabularyHash {
  private static final int FRAME_TARGET = 1 << 16;
  private static final int BATCH = 1000;
  private static final int MIN_FRAME = 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteArrayOutputStream frame = new ByteArrayOutputStream();

  private VocabularyHash() {}

  /** Lower-case hex SHA-256 of the pickled, sorted (token, id) pairs. */
  public static String of(Map<String, Integer> vocabulary) {
    byte[] pickle = new VocabularyHash().pickle(vocabulary);
    return HexFormat.of().formatHex(Digests.sha256().digest(pickle));
  }

  /** Compares by Unicode code point, as Python does; String's own order differs beyond the BMP. */
  static int compareCodePoints(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xs = Character.isSurrogate(x);
        return xs == Character.isSurrogate(y) ? Character.compare(x, y) : xs ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private byte[] pickle(Map<String, Integer> vocabulary) {
    List<Map.Entry<String, Integer>> items =
        vocabulary.entrySet().stream()
            .sorted(
                Map.Entry.comparingByKey(
                    Comparator.comparing(s -> s, VocabularyHash::compareCodePoints)))
            .toList();
    out.write(0x80);
    out.write(4);
    frame.write(0x5d);
    frame.write(0x94);
    if (items.size() == 1) {
      item(items.get(0));
      frame.write(0x61);
    } else {
      for (int from = 0; from < items.size(); from += BATCH) {
        frame.write(0x28);
        items.subList(from, Math.min(items.size(), from + BATCH)).forEach(this::item);
        frame.write(0x65);
      }
    }
    frame.write(0x2e);
    closeFrame();
    return out.toByteArray();
  }

  private void item(Map.Entry<String, Integer> entry) {
    boundary();
    boundary();
    text(entry.getKey());
    boundary();
    integer(entry.getValue());
    frame.write(0x86);
    frame.write(0x94);
  }

  private void boundary() {
    if (frame.size() >= FRAME_TARGET) {
      closeFrame();
    }
  }

  private void closeFrame() {
    if (frame.size() >= MIN_FRAME) {
      out.write(0x95);
      out.writeBytes(little(8).putLong(frame.size()).array());
    }
    out.writeBytes(frame.toByteArray());
    frame = new ByteArrayOutputStream();
  }

  private void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= 0xff) {
      frame.write(0x8c);
      frame.write(utf8.length);
    } else {
      frame.write(0x58);
      frame.writeBytes(little(4).putInt(utf8.length).array());
    }
    frame.writeBytes(utf8);
    frame.write(0x94);
  }

  private void integer(int value) {
    if (value >= 0 && value <= 0xff) {
      frame.write(0x4b);
      frame.write(value);
    } else if (value >= 0 && value <= 0xffff) {
      frame.write(0x4d);
      frame.writeBytes(little(2).putShort((short) value).array());
    } else {
      frame.write(0x4a);
      frame.writeBytes(little(4).putInt(value).array());
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
