package io.modeldiff.web.ui;

import static io.modeldiff.web.ui.part.Options.of;

import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.CampaignService.Detail;
import io.modeldiff.web.service.CampaignService.Rung;
import io.modeldiff.web.service.CampaignService.Series;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.Options;
import io.modeldiff.web.ui.part.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The charts of one campaign, each with its numbers behind it. */
final class CampaignCharts {
  private static final int SHOWN_PATHS = 6;

  private CampaignCharts() {}

  static ChartPanel rho(Detail detail) {
    ChartPanel panel = new ChartPanel("ρ(z) so far", Topic.RHO_Z, "18rem");
    if (detail.rhoZ() != null) {
      List<DifferenceChart.Line> lines =
          List.of(new DifferenceChart.Line(detail.summary().model(), detail.rhoZ(), "--md-a"));
      panel.show(
          DifferenceChart.option(
              lines,
              new DifferenceChart.Look(
                  "NLL z (nats/token)",
                  "Z",
                  true,
                  List.of(
                      detail.summary().space().range().low(),
                      detail.summary().space().range().high()),
                  null)),
          DifferenceChart.table("z (nats/token)", lines));
    } else {
      panel.show(
          waiting("appears with the first counted round"), new DataTable(List.of(), List.of()));
    }
    return panel;
  }

  private static Map<String, @Nullable Object> waiting(String text) {
    return of(
        "title",
        of(
            "text",
            text,
            "left",
            "center",
            "top",
            "middle",
            "textStyle",
            of("color", "--md-muted", "fontWeight", "normal", "fontSize", 14)));
  }

  static ChartPanel ladder(Detail detail) {
    ChartPanel panel = new ChartPanel("Rejection of swaps per pair", Topic.LADDER, "18rem");
    List<String> pairs = new ArrayList<>();
    List<@Nullable Double> rejection = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (int k = 0; k < detail.rungs().size(); k++) {
      Rung rung = detail.rungs().get(k);
      if (k + 1 < detail.rungs().size()) {
        pairs.add(
            Numbers.significant(rung.beta(), 3)
                + " – "
                + Numbers.significant(detail.rungs().get(k + 1).beta(), 3));
        rejection.add(rung.swapRejection());
      }
      rows.add(
          List.of(
              Numbers.significant(rung.beta(), 5),
              text(rung.swapRejection()),
              text(rung.acceptance()),
              text(rung.rHat()),
              text(rung.bulkEss()),
              text(rung.tailEss()),
              text(rung.meanZ())));
    }
    panel.show(
        pairs.isEmpty()
            ? waiting("appears with the first swaps")
            : of(
                "grid", Options.grid(),
                "tooltip", of("trigger", "axis"),
                "xAxis",
                    of(
                        "type",
                        "category",
                        "data",
                        pairs,
                        "name",
                        "β of the pair",
                        "nameLocation",
                        "middle",
                        "nameGap",
                        30),
                "yAxis",
                    of(
                        "type",
                        "value",
                        "min",
                        0,
                        "max",
                        1,
                        "name",
                        "rejection",
                        "nameLocation",
                        "middle",
                        "nameGap",
                        40),
                "series",
                    List.of(
                        of(
                            "name",
                            "rejection",
                            "type",
                            "bar",
                            "itemStyle",
                            of("color", "--md-b"),
                            "data",
                            rejection))),
        new DataTable(
            List.of(
                "β",
                "swap rejection",
                "acceptance",
                "R̂",
                "bulk ESS",
                "tail ESS",
                "mean z (nats/token)"),
            rows));
    return panel;
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : Numbers.significant(value, 4);
  }

  static ChartPanel errors(Detail detail) {
    List<Series> shown =
        detail.errorTrend().x().isEmpty() ? List.of() : List.of(detail.errorTrend());
    return lines(
        "Error of the number of inputs in Z",
        Topic.ERROR,
        of("name", "relative standard error", "nameGap", 48, "min", 0),
        shown);
  }

  static ChartPanel traces(Detail detail) {
    return lines(
        "NLL of one lane per rung",
        Topic.NLL,
        of("name", "z (nats/token)", "scale", true),
        detail.traces());
  }

  static ChartPanel paths(Detail detail) {
    List<Series> few = detail.paths().stream().limit(SHOWN_PATHS).toList();
    return lines(
        "Paths through the ladder",
        Topic.LADDER,
        of("name", "rung (0 = hottest)", "minInterval", 1),
        few);
  }

  private static ChartPanel lines(
      String title, Topic topic, Map<String, @Nullable Object> yAxis, List<Series> all) {
    Map<String, @Nullable Object> y = of("type", "value", "nameLocation", "middle", "nameGap", 44);
    y.putAll(yAxis);
    ChartPanel panel = new ChartPanel(title, topic, "18rem");
    List<Object> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Series s : all) {
      List<Object> data = new ArrayList<>();
      for (int i = 0; i < s.x().size(); i++) {
        data.add(List.of(s.x().get(i), s.y().get(i)));
        rows.add(List.of(s.name(), s.x().get(i).toString(), Numbers.significant(s.y().get(i), 5)));
      }
      series.add(
          of(
              "name",
              s.name(),
              "type",
              "line",
              "showSymbol",
              false,
              "lineStyle",
              of("width", 1),
              "data",
              data));
    }
    panel.show(
        rows.isEmpty()
            ? waiting("appears with the first counted round")
            : of(
                "grid", Options.grid(),
                "legend", Options.legend("type", "scroll"),
                "tooltip", of("trigger", "item"),
                "xAxis", Options.axis("round"),
                "yAxis", y,
                "series", series),
        new DataTable(List.of("series", "round", String.valueOf(y.get("name"))), rows));
    return panel;
  }
}
