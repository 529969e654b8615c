package io.modeldiff.web.ui;

import static io.modeldiff.web.ui.part.Options.of;

import io.modeldiff.web.result.Bins;
import io.modeldiff.web.result.Count;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.ComparisonService.Density;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** ECharts options of curves with error bands, and of the z_A–z_B picture. */
final class DifferenceChart {
  private static final double NORMAL_95 = 1.96;
  // Where the interval reaches zero its logarithm does not exist: the band ends a decade below.
  private static final double LOWEST_LOG_DROP = 1;
  // Axes end at twentieths of a nat.
  private static final double AXIS_STEPS = 20;
  private static final double TINY = 1e-6;

  private DifferenceChart() {}

  /**
   * One curve of a chart.
   *
   * @param colour style sheet variable
   */
  record Line(String name, Bins curve, String colour) {}

  /**
   * Curves over one axis.
   *
   * @param xName axis title with unit
   * @param tip which of the script's tooltips speaks of this axis: {@code D} or {@code Z}
   * @param log whether the y axis is logarithmic
   * @param marks vertical lines, e.g. ±λ
   * @param selected a range to shade, or null
   */
  record Look(
      String xName, String tip, boolean log, List<Double> marks, double @Nullable [] selected) {}

  static Map<String, @Nullable Object> option(List<Line> lines, Look look) {
    double top =
        lines.stream()
            .flatMap(l -> l.curve().log10().stream())
            .filter(v -> v != null)
            .mapToDouble(v -> v)
            .max()
            .orElse(0);
    int exponent = (int) Math.floor(top);
    List<Object> series = new ArrayList<>();
    for (Line line : lines) {
      series.add(band(line, look.log(), exponent));
      series.add(line(line, look, exponent, series.size() == 1));
    }
    Map<String, @Nullable Object> y =
        of(
            "type",
            "value",
            "name",
            look.log() ? "number of inputs" : "number of inputs × " + Numbers.power(exponent),
            "nameLocation",
            "middle",
            "nameGap",
            46,
            "scale",
            look.log());
    if (look.log()) {
      y.put("axisLabel", of("formatter", "fn:pow10"));
      y.put("minInterval", 1);
    }
    return of(
        "grid", Options.grid(),
        "legend", Options.legend("data", lines.stream().map(Line::name).toList()),
        "tooltip", of("trigger", "axis", "formatter", "fn:tip" + look.tip()),
        "xAxis", axis(lines, look),
        "yAxis", y,
        "series", series);
  }

  // Wide enough for the marks too: a range that ends outside the picture would mislead.
  private static Map<String, @Nullable Object> axis(List<Line> lines, Look look) {
    double[] shown =
        DoubleStream.concat(
                lines.stream().flatMap(l -> l.curve().edges().stream()).mapToDouble(edge -> edge),
                look.marks().stream().mapToDouble(mark -> mark))
            .sorted()
            .toArray();
    return between(Options.axis(look.xName()), shown[0], shown[shown.length - 1]);
  }

  private static Map<String, @Nullable Object> between(
      Map<String, @Nullable Object> axis, double least, double most) {
    axis.put("min", Math.floor(least * AXIS_STEPS + TINY) / AXIS_STEPS);
    axis.put("max", Math.ceil(most * AXIS_STEPS - TINY) / AXIS_STEPS);
    return axis;
  }

  private static Map<String, @Nullable Object> line(
      Line line, Look look, int exponent, boolean first) {
    List<List<@Nullable Object>> data = new ArrayList<>();
    for (int i = 0; i < line.curve().count(); i++) {
      Double log10 = line.curve().log10().get(i);
      List<@Nullable Object> point = new ArrayList<>();
      point.add(line.curve().centre(i));
      point.add(log10 == null ? null : height(log10, look.log(), exponent));
      point.add(count(line.curve(), i));
      data.add(point);
    }
    Map<String, @Nullable Object> series =
        of(
            "name",
            line.name(),
            "type",
            "line",
            "step",
            "middle",
            "showSymbol",
            false,
            "lineStyle",
            of("width", 2, "color", line.colour()),
            "itemStyle",
            of("color", line.colour()),
            "data",
            data);
    if (first) {
      series.put(
          "markLine",
          of(
              "silent", true,
              "symbol", "none",
              "label", of("show", false),
              "lineStyle", of("color", "--md-muted", "type", "dashed"),
              "data", look.marks().stream().map(x -> of("xAxis", x)).toList()));
      double[] selected = look.selected();
      if (selected != null) {
        series.put(
            "markArea",
            of(
                "silent", true,
                "itemStyle", of("color", "--md-brush"),
                "data", List.of(List.of(of("xAxis", selected[0]), of("xAxis", selected[1])))));
      }
    }
    return series;
  }

  private static Map<String, @Nullable Object> band(Line line, boolean log, int exponent) {
    Bins curve = line.curve();
    List<List<Double>> boxes = new ArrayList<>();
    for (int i = 0; i < curve.count(); i++) {
      Double log10 = curve.log10().get(i);
      Double relSe = curve.relSe().get(i);
      if (log10 != null && relSe != null) {
        boxes.add(
            List.of(
                curve.edges().get(i),
                curve.edges().get(i + 1),
                height(lowerLog10(log10, relSe), log, exponent),
                height(log10 + Math.log10(1 + NORMAL_95 * relSe), log, exponent)));
      }
    }
    return of(
        "name",
        "_band " + line.name(),
        "type",
        "band",
        "itemStyle",
        of("color", line.colour()),
        "tooltip",
        of("show", false),
        "data",
        boxes);
  }

  private static double lowerLog10(double log10, double relSe) {
    double left = 1 - NORMAL_95 * relSe;
    return left > 0
        ? Math.max(log10 + Math.log10(left), log10 - LOWEST_LOG_DROP)
        : log10 - LOWEST_LOG_DROP;
  }

  private static double height(double log10, boolean log, int exponent) {
    return log ? log10 : Math.pow(10, log10 - exponent);
  }

  private static String count(Bins curve, int bin) {
    Double log10 = curve.log10().get(bin);
    return log10 == null ? "none seen" : Numbers.count(Count.of(log10, curve.relSe().get(bin)));
  }

  static DataTable table(String axis, List<Line> lines) {
    List<String> columns = new ArrayList<>(List.of(axis + " from", axis + " to"));
    lines.forEach(l -> columns.addAll(List.of("log10 " + l.name(), "relative standard error")));
    List<List<String>> rows = new ArrayList<>();
    Bins first = lines.get(0).curve();
    boolean sameEdges = lines.stream().allMatch(l -> l.curve().edges().equals(first.edges()));
    for (Line line : sameEdges ? lines.subList(0, 1) : lines) {
      List<Line> shown = sameEdges ? lines : List.of(line);
      for (int i = 0; i < line.curve().count(); i++) {
        int bin = i;
        List<String> row = new ArrayList<>();
        row.add(text(line.curve().edges().get(bin)));
        row.add(text(line.curve().edges().get(bin + 1)));
        for (Line column : lines) {
          boolean has = shown.contains(column);
          row.add(has ? text(column.curve().log10().get(bin)) : "");
          row.add(has ? text(column.curve().relSe().get(bin)) : "");
        }
        rows.add(row);
      }
    }
    return new DataTable(columns, rows);
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : Numbers.significant(value, 6);
  }

  /** Counts over z_A × z_B with the box in which both lie in Z. */
  static Map<String, @Nullable Object> density(
      Density density, String a, String b, double low, double high) {
    List<Object> cells = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double[] onA = {low, high};
    double[] onB = {low, high};
    for (int i = 0; i < density.log10Count().size(); i++) {
      List<@Nullable Double> row = density.log10Count().get(i);
      for (int j = 0; j < row.size(); j++) {
        Double value = row.get(j);
        if (value != null) {
          least = Math.min(least, value);
          most = Math.max(most, value);
          include(onA, density.edgesA(), i);
          include(onB, density.edgesB(), j);
          cells.add(
              List.of(
                  middle(density.edgesA(), i),
                  middle(density.edgesB(), j),
                  value,
                  width(density.edgesA(), i),
                  width(density.edgesB(), j)));
        }
      }
    }
    return of(
        "grid", of("left", 64, "right", 104, "top", 16, "bottom", 48),
        "tooltip", of("trigger", "item", "formatter", "fn:tipCell"),
        "xAxis", between(Options.axis("NLL under " + a + " (nats/token)"), onA[0], onA[1]),
        "yAxis",
            between(
                of(
                    "type",
                    "value",
                    "name",
                    "NLL under " + b + " (nats/token)",
                    "nameLocation",
                    "middle",
                    "nameGap",
                    46),
                onB[0],
                onB[1]),
        "visualMap",
            of(
                "min",
                cells.isEmpty() ? 0 : least,
                "max",
                cells.isEmpty() ? 1 : most,
                "dimension",
                2,
                "right",
                0,
                "top",
                "middle",
                "itemHeight",
                120,
                "text",
                cells.isEmpty()
                    ? List.of("", "")
                    : List.of(Numbers.power(most) + " inputs", Numbers.power(least)),
                "textStyle",
                of("color", "--md-muted"),
                "formatter",
                "fn:pow10",
                "inRange",
                of(
                    "color",
                    List.of(
                        "--md-heat-1",
                        "--md-heat-2",
                        "--md-heat-3",
                        "--md-heat-4",
                        "--md-heat-5"))),
        "series",
            List.of(
                of(
                    "type",
                    "cells",
                    "data",
                    cells,
                    "markArea",
                    of(
                        "silent", true,
                        "itemStyle",
                            of("color", "transparent", "borderColor", "--md-a", "borderWidth", 2),
                        "label", of("show", true, "formatter", "R3", "color", "--md-a-text"),
                        "data",
                            List.of(
                                List.of(
                                    of("coord", List.of(low, low)),
                                    of("coord", List.of(high, high))))))));
  }

  private static void include(double[] ends, List<Double> edges, int i) {
    ends[0] = Math.min(ends[0], edges.get(i));
    ends[1] = Math.max(ends[1], edges.get(i + 1));
  }

  private static double width(List<Double> edges, int i) {
    return edges.get(i + 1) - edges.get(i);
  }

  private static double middle(List<Double> edges, int i) {
    return (edges.get(i) + edges.get(i + 1)) / 2;
  }

  static DataTable densityTable(Density density) {
    List<List<String>> rows =
        IntStream.range(0, density.log10Count().size())
            .boxed()
            .flatMap(
                i ->
                    IntStream.range(0, density.log10Count().get(i).size())
                        .filter(j -> density.log10Count().get(i).get(j) != null)
                        .mapToObj(
                            j ->
                                List.of(
                                    text(middle(density.edgesA(), i)),
                                    text(middle(density.edgesB(), j)),
                                    text(density.log10Count().get(i).get(j)))))
            .toList();
    return new DataTable(List.of("z_A (nats/token)", "z_B (nats/token)", "log10 inputs"), rows);
  }
}
