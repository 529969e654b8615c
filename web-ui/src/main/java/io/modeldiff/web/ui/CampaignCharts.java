package io.modeldiff.web.ui;

import static io.modeldiff.web.ui.part.Options.of;

import com.vaadin.flow.component.html.Div;
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

/**
 * The charts of one campaign, each with its numbers behind it. They stay where they are while their
 * figures grow, so that an open table stays open.
 */
final class CampaignCharts extends Div {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_PATHS = 6;
  private static final String HEIGHT = "18rem";

  private final ChartPanel rho = new ChartPanel("ρ(z) so far", Topic.RHO_Z, HEIGHT);
  private final ChartPanel errors =
      new ChartPanel("Error of the number of inputs in Z", Topic.ERROR, HEIGHT);
  private final ChartPanel ladder =
      new ChartPanel("Rejection of swaps per pair", Topic.LADDER, HEIGHT);
  private final ChartPanel traces = new ChartPanel("NLL of one lane per rung", Topic.NLL, HEIGHT);
  private final ChartPanel paths = new ChartPanel("Paths through the ladder", Topic.LADDER, HEIGHT);

  CampaignCharts() {
    addClassName("md-grid");
    add(rho, errors, ladder, traces, paths);
  }

  void show(Detail detail) {
    showRho(detail);
    showLadder(detail);
    lines(
        errors,
        of("name", "relative standard error", "nameGap", 48, "min", 0),
        detail.errorTrend().x().isEmpty() ? List.of() : List.of(detail.errorTrend()));
    lines(traces, of("name", "z (nats/token)", "scale", true), detail.traces());
    lines(
        paths,
        of("name", "rung (0 = hottest)", "minInterval", 1),
        detail.paths().stream().limit(SHOWN_PATHS).toList());
  }

  private void showRho(Detail detail) {
    if (detail.rhoZ() != null) {
      List<DifferenceChart.Line> lines =
          List.of(new DifferenceChart.Line(detail.summary().model(), detail.rhoZ(), "--md-a"));
      rho.show(
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
          () -> DifferenceChart.table("z (nats/token)", lines));
    } else {
      rho.show(
          waiting("appears with the first counted round"),
          () -> new DataTable(List.of(), List.of()));
    }
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

  private void showLadder(Detail detail) {
    List<String> pairs = new ArrayList<>();
    List<@Nullable Double> rejection = new ArrayList<>();
    for (int k = 0; k + 1 < detail.rungs().size(); k++) {
      Rung rung = detail.rungs().get(k);
      pairs.add(
          Numbers.significant(rung.beta(), 3)
              + " – "
              + Numbers.significant(detail.rungs().get(k + 1).beta(), 3));
      rejection.add(rung.swapRejection());
    }
    ladder.show(
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
        () -> ladderTable(detail.rungs()));
  }

  private static DataTable ladderTable(List<Rung> rungs) {
    return new DataTable(
        List.of(
            "β",
            "swap rejection",
            "acceptance",
            "R̂",
            "bulk ESS",
            "tail ESS",
            "mean z (nats/token)"),
        rungs.stream()
            .map(
                rung ->
                    List.of(
                        Numbers.significant(rung.beta(), 5),
                        text(rung.swapRejection()),
                        text(rung.acceptance()),
                        text(rung.rHat()),
                        text(rung.bulkEss()),
                        text(rung.tailEss()),
                        text(rung.meanZ())))
            .toList());
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : Numbers.significant(value, 4);
  }

  private static void lines(
      ChartPanel panel, Map<String, @Nullable Object> yAxis, List<Series> all) {
    Map<String, @Nullable Object> y = of("type", "value", "nameLocation", "middle", "nameGap", 44);
    y.putAll(yAxis);
    List<Object> series = new ArrayList<>();
    for (Series s : all) {
      List<Object> data = new ArrayList<>();
      for (int i = 0; i < s.x().size(); i++) {
        data.add(List.of(s.x().get(i), s.y().get(i)));
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
        all.stream().allMatch(s -> s.x().isEmpty())
            ? waiting("appears with the first counted round")
            : of(
                "grid", Options.grid(),
                "legend", Options.legend("type", "scroll"),
                "tooltip", of("trigger", "item"),
                "xAxis", Options.axis("round"),
                "yAxis", y,
                "series", series),
        () -> linesTable(String.valueOf(y.get("name")), all));
  }

  private static DataTable linesTable(String yName, List<Series> all) {
    List<List<String>> rows = new ArrayList<>();
    for (Series s : all) {
      for (int i = 0; i < s.x().size(); i++) {
        rows.add(List.of(s.name(), s.x().get(i).toString(), Numbers.significant(s.y().get(i), 5)));
      }
    }
    return new DataTable(List.of("series", "round", yName), rows);
  }
}
