package io.modeldiff.web.cli.corpus;

/** How texts are shown in lines. */
final class Views {
  private static final int SHOWN_CHARS = 100;

  private Views() {}

  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "\uFFFD");
    return line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS) + "…";
  }
}
