package io.modeldiff.analysis.lmdiff.corpus;

import io.modeldiff.analysis.lmdiff.store.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 of phrases joined by newlines, computed phrase by phrase. */
final class CorpusHash {
  private final MessageDigest digest = Digests.sha256();
  private int phrases;
  private long bytes;

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
