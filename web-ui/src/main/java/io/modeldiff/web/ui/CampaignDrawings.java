package io.modeldiff.web.ui;

import static io.modeldiff.web.ui.part.Options.of;

import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.CampaignService.Detail;
import io.modeldiff.web.service.CampaignService.Rung;
import io.modeldiff.web.service.CampaignService.Series;
import io.modeldiff.web.ui.part.Drawing;
import io.modeldiff.web.ui.part.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The drawings of one reading of a campaign. Everybody who watches it gets the same reading, so it
 * is drawn once for all of them.
 */
record CampaignDrawings(
    Drawing rho, Drawing errors, Drawing ladder, Drawing traces, Drawing paths) {
  static final String ERROR = "relative standard error";
  static final String Z = "z (nats/token)";
  static final String RUNG = "rung (0 = hottest)";

  private static final int SHOWN_PATHS = 6;
  private static final int KEPT = 8;
  // By the reading itself, not by what it says: to compare two readings takes long.
  private static final Map<Reading, CampaignDrawings> LATEST =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Reading, CampaignDrawings> eldest) {
          return size() > KEPT;
        }
      };

  private record Reading(List<Rung> rungs) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Reading reading && reading.rungs == rungs;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(rungs);
    }
  }

  static CampaignDrawings ofReading(Detail detail) {
    synchronized (LATEST) {
      return LATEST.computeIfAbsent(new Reading(detail.rungs()), reading -> drawn(detail));
    }
  }

  private static CampaignDrawings drawn(Detail detail) {
    return new CampaignDrawings(
        rho(detail),
        lines(of("name", ERROR, "nameGap", 48, "min", 0), trend(detail)),
        ladder(detail.rungs()),
        lines(of("name", Z, "scale", true), detail.traces()),
        lines(of("name", RUNG, "minInterval", 1), shownPaths(detail)));
  }

  static List<Series> trend(Detail detail) {
    return Stream.of(detail.errorTrend()).filter(trend -> !trend.x().isEmpty()).toList();
  }

  static List<Series> shownPaths(Detail detail) {
    return detail.paths().stream().limit(SHOWN_PATHS).toList();
  }

  static List<DifferenceChart.Line> curves(Detail detail) {
    return Stream.ofNullable(detail.rhoZ())
        .map(rho -> new DifferenceChart.Line(detail.summary().model(), rho, "--md-a"))
        .toList();
  }

  private static Drawing rho(Detail detail) {
    List<DifferenceChart.Line> curves = curves(detail);
    if (curves.isEmpty()) {
      return waiting("appears with the first counted round");
    }
    double low = detail.summary().space().range().low();
    double high = detail.summary().space().range().high();
    return Drawing.of(
        DifferenceChart.option(
            curves,
            new DifferenceChart.Look("NLL z (nats/token)", "Z", true, List.of(low, high), null)));
  }

  private static Drawing waiting(String text) {
    return Drawing.of(
        of(
            "title",
            of(
                "text",
                text,
                "left",
                "center",
                "top",
                "middle",
                "textStyle",
                of("color", "--md-muted", "fontWeight", "normal", "fontSize", 14))));
  }

  private static Drawing ladder(List<Rung> rungs) {
    if (rungs.size() < 2) {
      return waiting("appears with the first swaps");
    }
    List<String> pairs = new ArrayList<>();
    List<@Nullable Double> rejection = new ArrayList<>();
    for (int k = 0; k + 1 < rungs.size(); k++) {
      pairs.add(beta(rungs.get(k)) + " – " + beta(rungs.get(k + 1)));
      rejection.add(rungs.get(k).swapRejection());
    }
    Map<String, @Nullable Object> x =
        of("type", "category", "data", pairs, "name", "β of the pair");
    x.putAll(of("nameLocation", "middle", "nameGap", 30));
    Map<String, @Nullable Object> y = of("type", "value", "min", 0, "max", 1, "name", "rejection");
    y.putAll(of("nameLocation", "middle", "nameGap", 40));
    Map<String, @Nullable Object> bars =
        of("name", "rejection", "type", "bar", "itemStyle", of("color", "--md-b"));
    bars.put("data", rejection);
    return Drawing.of(
        of(
            "grid", Options.grid(),
            "tooltip", of("trigger", "axis"),
            "xAxis", x,
            "yAxis", y,
            "series", List.of(bars)));
  }

  private static String beta(Rung rung) {
    return Numbers.significant(rung.beta(), 3);
  }

  private static Drawing lines(Map<String, @Nullable Object> yAxis, List<Series> all) {
    if (all.stream().allMatch(s -> s.x().isEmpty())) {
      return waiting("appears with the first counted round");
    }
    Map<String, @Nullable Object> y = of("type", "value", "nameLocation", "middle", "nameGap", 44);
    y.putAll(yAxis);
    return Drawing.of(
        of(
            "grid", Options.grid(),
            "legend", Options.legend("type", "scroll"),
            "tooltip", of("trigger", "item"),
            "xAxis", Options.axis("round"),
            "yAxis", y,
            "series", all.stream().map(CampaignDrawings::line).toList()));
  }

  private static Map<String, @Nullable Object> line(Series series) {
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < series.x().size(); i++) {
      data.add(List.of(series.x().get(i), series.y().get(i)));
    }
    Map<String, @Nullable Object> line =
        of("name", series.name(), "type", "line", "showSymbol", false);
    line.putAll(of("lineStyle", of("width", 1), "data", data));
    return line;
  }
}
