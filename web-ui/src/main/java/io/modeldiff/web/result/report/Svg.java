package io.modeldiff.web.result.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Charts as SVG text: lines or steps with error bands over one x axis. */
final class Svg {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 320;
  private static final int LEFT = 76;
  private static final int RIGHT = 16;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;
  private static final double NORMAL_95 = 1.96;
  private static final double LOWEST_DROP = 2;
  private static final double[] STEPS = {1, 2, 5};

  private Svg() {}

  /**
   * A line.
   *
   * @param x places, ascending
   * @param log10 heights, log10; null leaves a gap
   * @param relSe relative standard errors, for the 95% band
   */
  record Line(
      String name,
      String colour,
      List<Double> x,
      List<@Nullable Double> log10,
      List<@Nullable Double> relSe) {}

  /** A chart with a logarithmic y axis; marks are dashed vertical lines. */
  static String chart(String title, String xName, List<Line> lines, List<Double> marks) {
    Frame frame = Frame.of(lines, marks);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            WIDTH,
            HEIGHT,
            Html.escape(title)));
    axes(svg, frame, xName);
    for (double mark : marks) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
              frame.x(mark),
              frame.x(mark),
              TOP,
              HEIGHT - BOTTOM));
    }
    int place = LEFT;
    for (Line line : lines) {
      band(svg, frame, line);
      path(svg, frame, line);
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"8\" width=\"14\" height=\"10\" fill=\"%s\"/>"
                  + "<text x=\"%d\" y=\"17\">%s</text>",
              place,
              line.colour(),
              place + 20,
              Html.escape(line.name())));
      place += 40 + 7 * line.name().length();
    }
    return svg.append("</svg>").toString();
  }

  private record Frame(double x0, double x1, double y0, double y1) {
    static Frame of(List<Line> lines, List<Double> marks) {
      List<Double> xs = new ArrayList<>(marks);
      List<Double> ys = new ArrayList<>();
      for (Line line : lines) {
        for (int i = 0; i < line.x().size(); i++) {
          Double y = line.log10().get(i);
          if (y != null) {
            xs.add(line.x().get(i));
            ys.add(y);
          }
        }
      }
      double x0 = xs.stream().mapToDouble(v -> v).min().orElse(0);
      double x1 = xs.stream().mapToDouble(v -> v).max().orElse(1);
      double y0 = ys.stream().mapToDouble(v -> v).min().orElse(0);
      double y1 = ys.stream().mapToDouble(v -> v).max().orElse(1);
      double pad = Math.max(0.05, 0.05 * (y1 - y0));
      return new Frame(x0, x1 > x0 ? x1 : x0 + 1, y0 - pad, y1 + pad);
    }

    double x(double value) {
      return LEFT + (value - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT);
    }

    double y(double value) {
      double share = (Math.max(y0, Math.min(y1, value)) - y0) / (y1 - y0);
      return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }
  }

  private static void axes(StringBuilder svg, Frame f, String xName) {
    for (double v : ticks(f.x0(), f.x1())) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\"/>"
                  + "<text class=\"tick\" x=\"%1$.1f\" y=\"%4$d\" text-anchor=\"middle\">%5$s</text>",
              f.x(v),
              TOP,
              HEIGHT - BOTTOM,
              HEIGHT - BOTTOM + 16,
              plain(v)));
    }
    for (double v : ticks(f.y0(), f.y1())) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%1$d\" x2=\"%2$d\" y1=\"%3$.1f\" y2=\"%3$.1f\"/>"
                  + "<text class=\"tick\" x=\"%4$d\" y=\"%5$.1f\" text-anchor=\"end\">10"
                  + "<tspan dy=\"-5\" font-size=\"9\">%6$s</tspan></text>",
              LEFT,
              WIDTH - RIGHT,
              f.y(v),
              LEFT - 8,
              f.y(v) + 4,
              plain(v)));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
            (LEFT + WIDTH - RIGHT) / 2,
            HEIGHT - 8,
            Html.escape(xName)));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">inputs</text>",
            (TOP + HEIGHT - BOTTOM) / 2));
  }

  private static List<Double> ticks(double from, double to) {
    double size = Math.pow(10, Math.floor(Math.log10((to - from) / 4)));
    double step = size;
    for (double s : STEPS) {
      if ((to - from) / (s * size) >= 4) {
        step = s * size;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (double k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  private static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    text = text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    return text.equals("-0") ? "0" : text;
  }

  private static void path(StringBuilder svg, Frame f, Line line) {
    StringBuilder d = new StringBuilder();
    boolean down = false;
    for (int i = 0; i < line.x().size(); i++) {
      Double y = line.log10().get(i);
      if (y == null) {
        down = false;
      } else {
        d.append(
            String.format(
                Locale.ROOT, "%s%.1f %.1f", down ? "L" : "M", f.x(line.x().get(i)), f.y(y)));
        down = true;
      }
    }
    svg.append("<path fill=\"none\" stroke-width=\"2\" stroke=\"").append(line.colour());
    svg.append("\" d=\"").append(d).append("\"/>");
  }

  private static void band(StringBuilder svg, Frame f, Line line) {
    for (int i = 0; i < line.x().size(); i++) {
      Double y = line.log10().get(i);
      Double se = line.relSe().get(i);
      if (y != null && se != null) {
        double left = 1 - NORMAL_95 * se;
        double low = left > 0 ? y + Math.log10(left) : y - LOWEST_DROP;
        double high = y + Math.log10(1 + NORMAL_95 * se);
        svg.append(
            String.format(
                Locale.ROOT,
                "<line stroke=\"%1$s\" stroke-opacity=\".35\" stroke-width=\"4\" x1=\"%2$.1f\""
                    + " x2=\"%2$.1f\" y1=\"%3$.1f\" y2=\"%4$.1f\"/>",
                line.colour(),
                f.x(line.x().get(i)),
                f.y(high),
                f.y(low)));
      }
    }
  }
}
