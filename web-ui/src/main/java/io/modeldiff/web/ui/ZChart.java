package io.modeldiff.web.ui;

import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.ComparisonService.BetaHistogram;
import io.modeldiff.web.service.ComparisonService.SentenceNll;
import io.modeldiff.web.service.ComparisonService.ZPicture;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.Options;
import io.modeldiff.web.ui.part.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the NLLs of a model's samples lie at several β, to choose Z by. */
final class ZChart {
  private ZChart() {}

  /** The z below which a share of the first histogram lies, to a hundredth. */
  static double quantile(ZPicture picture, double share) {
    List<Integer> counts = picture.perBeta().get(0).counts();
    double wanted = share * counts.stream().mapToInt(c -> c).sum();
    double below = counts.get(0);
    int bin = 0;
    while (below < wanted && bin + 1 < counts.size()) {
      bin++;
      below += counts.get(bin);
    }
    return Math.round(50 * (picture.edges().get(bin) + picture.edges().get(bin + 1))) / 100.0;
  }

  /** The picture over a model's samples, with the chosen Z and the reader's sentences marked. */
  static ChartPanel of(
      String model, ZPicture picture, @Nullable Double low, @Nullable Double high) {
    ChartPanel panel = new ChartPanel("NLL of samples of " + model, Topic.BETA, "16rem");
    List<Object> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (BetaHistogram h : picture.perBeta()) {
      String name = "β = " + h.beta() + ", median " + Numbers.significant(h.median(), 3);
      series.add(
          Options.of(
              "name",
              name,
              "type",
              "line",
              "step",
              "middle",
              "showSymbol",
              false,
              "data",
              IntStream.range(0, h.counts().size())
                  .mapToObj(
                      i ->
                          List.of(
                              (picture.edges().get(i) + picture.edges().get(i + 1)) / 2,
                              h.counts().get(i)))
                  .toList()));
      for (int i = 0; i < h.counts().size(); i++) {
        rows.add(
            List.of(
                String.valueOf(h.beta()),
                Numbers.significant(picture.edges().get(i), 4),
                String.valueOf(h.counts().get(i))));
      }
    }
    List<?> names = series.stream().map(s -> ((Map<?, ?>) s).get("name")).toList();
    series.add(marks(picture.sentences(), low, high));
    panel.show(
        Options.of(
            "grid", Options.grid(),
            "legend", Options.legend("data", names),
            "tooltip", Options.of("trigger", "axis"),
            "xAxis", axis(picture, low, high),
            "yAxis",
                Options.of(
                    "type", "value", "name", "samples", "nameLocation", "middle", "nameGap", 40),
            "series", series),
        () -> new DataTable(List.of("β", "z from (nats/token)", "samples"), rows));
    return panel;
  }

  private static Map<String, @Nullable Object> axis(
      ZPicture picture, @Nullable Double low, @Nullable Double high) {
    double[] shown =
        Stream.concat(
                Stream.concat(picture.edges().stream(), Stream.of(low, high)),
                picture.sentences().stream().map(SentenceNll::nll))
            .filter(Objects::nonNull)
            .mapToDouble(z -> z)
            .sorted()
            .toArray();
    return Options.axis("NLL z (nats/token)", shown[0], shown[shown.length - 1]);
  }

  private static Map<String, @Nullable Object> marks(
      List<SentenceNll> marks, @Nullable Double low, @Nullable Double high) {
    List<Object> lines = new ArrayList<>();
    for (SentenceNll s : marks) {
      if (s.nll() != null) {
        lines.add(
            Options.of(
                "xAxis", s.nll(),
                "label",
                    Options.of(
                        "formatter",
                        s.text().substring(0, Math.min(18, s.text().length())),
                        "color",
                        "--md-text")));
      }
    }
    return Options.of(
        "name", "Z",
        "type", "line",
        "data", List.of(),
        "markLine", Options.of("symbol", "none", "silent", true, "data", lines),
        "markArea",
            Options.of(
                "silent", true,
                "itemStyle", Options.of("color", "--md-brush"),
                "label", Options.of("show", true, "formatter", "Z", "color", "--md-text"),
                "data", List.of(List.of(Options.of("xAxis", low), Options.of("xAxis", high)))));
  }
}
