package io.modeldiff.analysis.lmdiff.corpus;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lines of a UTF-8 file, decoded strictly one by one so that a bad byte costs one line and can be
 * named. Line ends are LF, CR LF and CR, as Python's text mode has them.
 */
final class Lines implements Closeable {
  private final InputStream in;
  private final int maxBytes;
  private int number;
  private int peeked = -2;

  /**
   * One line.
   *
   * @param number 1-based
   * @param text the text without its line end; what could be decoded when {@code fault} is present
   * @param fault what is wrong with it
   */
  record Line(int number, String text, Optional<String> fault) {}

  Lines(Path file, int maxBytes) throws IOException {
    this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    this.maxBytes = maxBytes;
  }

  /** The next line, or empty at the end of the file. */
  Optional<Line> next() throws IOException {
    int b = read();
    if (b < 0) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long length = 0;
    while (b >= 0 && b != '\n' && b != '\r') {
      if (length++ < maxBytes) {
        bytes.write(b);
      }
      b = read();
    }
    if (b == '\r') {
      int after = read();
      peeked = after == '\n' ? -2 : after;
    }
    number++;
    return Optional.of(decode(bytes.toByteArray(), length));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private int read() throws IOException {
    if (peeked != -2) {
      int b = peeked;
      peeked = -2;
      return b;
    }
    return in.read();
  }

  private Line decode(byte[] bytes, long length) {
    int start =
        number == 1
                && bytes.length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF
            ? 3
            : 0;
    if (length > maxBytes) {
      return new Line(number, "", Optional.of("has " + length + " bytes, more than " + maxBytes));
    }
    ByteBuffer source = ByteBuffer.wrap(bytes, start, bytes.length - start);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(source)
              .toString();
      return new Line(number, text, Optional.empty());
    } catch (CharacterCodingException e) {
      return new Line(
          number,
          new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8),
          Optional.of("is not valid UTF-8 (byte " + badByte(bytes) + " of the line)"));
    }
  }

  private static int badByte(byte[] bytes) {
    String decoded = new String(bytes, StandardCharsets.UTF_8);
    byte[] again = decoded.getBytes(StandardCharsets.UTF_8);
    int i = 0;
    while (i < bytes.length && i < again.length && bytes[i] == again[i]) {
      i++;
    }
    return i + 1;
  }
}
