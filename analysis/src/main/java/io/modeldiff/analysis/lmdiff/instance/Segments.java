package io.modeldiff.analysis.lmdiff.instance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Aligns two tokenizations of one text on the character positions where both begin a token. */
public final class Segments {
  private Segments() {}

  /** The finest common segments, covering the text from its start to its end. */
  public static List<Segment> of(String text, ModelView first, ModelView second) {
    TreeSet<Integer> cuts = starts(first);
    cuts.retainAll(starts(second));
    cuts.removeIf(c -> c <= 0 || c >= text.length());
    cuts.removeIf(c -> straddled(first, c) || straddled(second, c));
    List<Segment> segments = new ArrayList<>();
    int from = 0;
    for (int to : cuts) {
      segments.add(segment(text, from, to, first, second));
      from = to;
    }
    if (text.length() > from) {
      segments.add(segment(text, from, text.length(), first, second));
    }
    return segments;
  }

  /** Surprisal per UTF-8 byte of one side over the comparable segments, bits. */
  public static double bitsPerByte(List<Segment> segments, boolean firstModel) {
    double bits = 0;
    long bytes = 0;
    for (Segment s : segments) {
      if (s.comparable()) {
        bits += firstModel ? s.bits1() : s.bits2();
        bytes += s.bytes();
      }
    }
    return bytes == 0 ? Double.NaN : bits / bytes;
  }

  private static TreeSet<Integer> starts(ModelView view) {
    TreeSet<Integer> starts = new TreeSet<>();
    for (int start : view.starts()) {
      starts.add(start);
    }
    return starts;
  }

  private static boolean straddled(ModelView view, int cut) {
    for (int i = 0; i < view.starts().length; i++) {
      if (view.starts()[i] < cut && cut < view.ends()[i]) {
        return true;
      }
    }
    return false;
  }

  private static Segment segment(String text, int from, int to, ModelView first, ModelView second) {
    int bytes = text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
    return new Segment(from, to, bytes, bits(first, from, to), bits(second, from, to));
  }

  private static double bits(ModelView view, int from, int to) {
    double nats = 0;
    for (int i = 0; i < view.starts().length; i++) {
      int start = view.starts()[i];
      if (start >= from && start < to) {
        if (i < view.scores().unscored()) {
          return Double.NaN;
        }
        nats -= view.scores().logProbs()[i - view.scores().unscored()];
      }
    }
    return nats / Math.log(2);
  }
}
