package io.modeldiff.core.lm.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decoding for tokenizers whose text is the bytes of its tokens, one after the other: byte-level
 * ones (the GPT-2 family, Llama 3, Qwen) and those that only join their tokens. A call of the
 * library takes longer than all of this, and searching texts decodes tens of thousands.
 */
final class TokenBytes {
  private static final char REPLACEMENT = '\uFFFD';
  private static final byte[] NOTHING = {};

  private final byte[][] byId;

  private TokenBytes(byte[][] byId) {
    this.byId = byId;
  }

  /**
   * For a tokenizer.json.
   *
   * @return null where its decoder does more than put bytes together
   */
  static @Nullable TokenBytes of(JsonNode decoder, Map<Integer, String> tokens) {
    String type = decoder.path("type").asText();
    if (!type.equals("ByteLevel") && !type.equals("Fuse")) {
      return null;
    }
    Map<Integer, Integer> alphabet = type.equals("Fuse") ? Map.of() : alphabet();
    byte[][] bytes = new byte[tokens.keySet().stream().mapToInt(id -> id + 1).max().orElse(0)][];
    tokens.forEach((id, token) -> bytes[id] = bytes(token, alphabet));
    return new TokenBytes(bytes);
  }

  // A token with a character outside the alphabet was added as it is.
  private static byte[] bytes(String token, Map<Integer, Integer> alphabet) {
    int[] characters = token.codePoints().toArray();
    byte[] bytes = new byte[characters.length];
    for (int i = 0; i < bytes.length; i++) {
      Integer one = alphabet.get(characters[i]);
      if (one == null) {
        return token.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = one.byteValue();
    }
    return bytes;
  }

  /**
   * GPT-2's way to write bytes as visible characters: those that are visible stand for themselves,
   * the others, in order, for what follows U+0100.
   */
  private static Map<Integer, Integer> alphabet() {
    Map<Integer, Integer> alphabet = new TreeMap<>();
    int next = 0x100;
    for (int b = 0; b < 0x100; b++) {
      boolean visible =
          (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
      alphabet.put(visible ? b : next++, b);
    }
    return alphabet;
  }

  /** The text; of bytes that are not UTF-8, every run that begins no character is one U+FFFD. */
  String decode(int[] ids) {
    int length = 0;
    for (int id : ids) {
      length += of(id).length;
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (int id : ids) {
      byte[] token = of(id);
      System.arraycopy(token, 0, bytes, at, token.length);
      at += token.length;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : mended(bytes);
  }

  // As the library does it: the longest beginning of a character is replaced as one (Unicode,
  // 3.9). Java takes three for an encoded surrogate where that is one after the other.
  private static String mended(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int sound = 0; // up to here all is taken over
    int at = 0;
    while (at < bytes.length) {
      int first = bytes[at] & 0xFF;
      int more = following(first);
      int end = at + 1;
      while (end - at <= more && end < bytes.length && follows(first, end - at, bytes[end])) {
        end++;
      }
      if (end - at <= more || more < 0) {
        text.append(new String(bytes, sound, at - sound, StandardCharsets.UTF_8));
        text.append(REPLACEMENT);
        sound = end;
      }
      at = end;
    }
    return text.append(new String(bytes, sound, at - sound, StandardCharsets.UTF_8)).toString();
  }

  /** How many bytes follow a character's first one; −1 where none begins with it. */
  private static int following(int first) {
    if (first < 0x80) {
      return 0;
    }
    return first < 0xC2 || first > 0xF4 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  }

  private static boolean follows(int first, int place, byte next) {
    int value = next & 0xFF;
    boolean second = place == 1;
    int low = second && first == 0xE0 ? 0xA0 : second && first == 0xF0 ? 0x90 : 0x80;
    int high = second && first == 0xED ? 0x9F : second && first == 0xF4 ? 0x8F : 0xBF;
    return value >= low && value <= high;
  }

  private byte[] of(int id) {
    byte[] token = id >= 0 && id < byId.length ? byId[id] : null;
    return token == null ? NOTHING : token;
  }
}
