package io.modeldiff.analysis.lmdiff.corpus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of phrases joined by newlines, computed phrase by phrase. */
final class CorpusHash {
  private final MessageDigest digest;
  private int phrases;
  private long bytes;

  CorpusHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  void add(String phrase) {
    if (phrases++ > 0) {
      digest.update((byte) '\n');
    }
    byte[] utf8 = phrase.getBytes(StandardCharsets.UTF_8);
    bytes += utf8.length;
    digest.update(utf8);
  }

  int phrases() {
    return phrases;
  }

  long bytes() {
    return bytes;
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
