package io.modeldiff.analysis.lmdiff.cache;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The stored form of the scores of consecutive phrases: texts and lengths first, then one column
 * after another, then a checksum. Little-endian.
 *
 * @param phrases in corpus order
 */
public record CacheChunk(List<PhraseScores> phrases) {
  private static final int MAGIC = 0x3143444d; // "MDC1"

  /** As bytes. */
  public byte[] encode() {
    int k = phrases.isEmpty() ? 0 : phrases.get(0).k();
    List<byte[]> texts = new ArrayList<>();
    int size = 12 + 8;
    for (PhraseScores p : phrases) {
      byte[] text = utf8(p.phrase());
      byte[] fault = utf8(p.fault().orElse(""));
      texts.add(text);
      texts.add(fault);
      size += 16 + text.length + fault.length + p.length() * (16 + 8 * k);
    }
    ByteBuffer b = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(MAGIC).putInt(phrases.size()).putInt(k);
    for (int i = 0; i < phrases.size(); i++) {
      PhraseScores p = phrases.get(i);
      byte[] text = texts.get(2 * i);
      byte[] fault = texts.get(2 * i + 1);
      b.putInt(text.length).put(text).putInt(fault.length).put(fault);
      b.putInt(p.unscored()).putInt(p.length());
    }
    phrases.forEach(p -> putInts(b, p.ids()));
    phrases.forEach(p -> putInts(b, p.ranks()));
    phrases.forEach(p -> putFloats(b, p.probs()));
    phrases.forEach(p -> putFloats(b, p.logProbs()));
    phrases.forEach(p -> putInts(b, p.topIds()));
    phrases.forEach(p -> putFloats(b, p.topProbs()));
    b.putLong(checksum(b.array(), b.position()));
    return b.array();
  }

  /**
   * From bytes.
   *
   * @throws IllegalArgumentException when they are not a whole chunk
   */
  public static CacheChunk decode(byte[] bytes) {
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 20
        || b.getInt() != MAGIC
        || b.getLong(bytes.length - 8) != checksum(bytes, bytes.length - 8)) {
      throw new IllegalArgumentException("not a whole chunk of an analysis cache");
    }
    int count = b.getInt();
    int k = b.getInt();
    String[] text = new String[count];
    String[] fault = new String[count];
    int[] unscored = new int[count];
    int[] length = new int[count];
    for (int i = 0; i < count; i++) {
      text[i] = string(b);
      fault[i] = string(b);
      unscored[i] = b.getInt();
      length[i] = b.getInt();
    }
    int[][] ids = ints(b, length, 1);
    int[][] ranks = ints(b, length, 1);
    float[][] probs = floats(b, length, 1);
    float[][] logProbs = floats(b, length, 1);
    int[][] topIds = ints(b, length, k);
    float[][] topProbs = floats(b, length, k);
    List<PhraseScores> phrases = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      phrases.add(
          new PhraseScores(
              text[i],
              unscored[i],
              ids[i],
              ranks[i],
              probs[i],
              logProbs[i],
              k,
              topIds[i],
              topProbs[i],
              fault[i].isEmpty() ? Optional.empty() : Optional.of(fault[i])));
    }
    return new CacheChunk(phrases);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String string(ByteBuffer b) {
    byte[] bytes = new byte[b.getInt()];
    b.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static void putInts(ByteBuffer b, int[] values) {
    b.asIntBuffer().put(values);
    b.position(b.position() + 4 * values.length);
  }

  private static void putFloats(ByteBuffer b, float[] values) {
    b.asFloatBuffer().put(values);
    b.position(b.position() + 4 * values.length);
  }

  private static int[][] ints(ByteBuffer b, int[] length, int width) {
    int[][] rows = new int[length.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new int[length[i] * width];
      b.asIntBuffer().get(rows[i]);
      b.position(b.position() + 4 * rows[i].length);
    }
    return rows;
  }

  private static float[][] floats(ByteBuffer b, int[] length, int width) {
    float[][] rows = new float[length.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new float[length[i] * width];
      b.asFloatBuffer().get(rows[i]);
      b.position(b.position() + 4 * rows[i].length);
    }
    return rows;
  }
}
