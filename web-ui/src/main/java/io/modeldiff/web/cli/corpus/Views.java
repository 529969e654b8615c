package io.modeldiff.web.cli.corpus;

import io.modeldiff.web.corpus.Snippet;

/** How texts are shown in lines. */
final class Views {
  private static final int SHOWN_CHARS = 100;

  private Views() {}

  /** A ranked phrase's line. */
  static String line(Snippet s) {
    return String.format("%12.5f  #%-6d %s", s.value(), s.phrase(), shown(s.text()));
  }

  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "\uFFFD");
    return line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS) + "…";
  }
}
