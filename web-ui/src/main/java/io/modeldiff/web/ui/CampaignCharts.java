package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Div;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.CampaignService.Detail;
import io.modeldiff.web.service.CampaignService.Rung;
import io.modeldiff.web.service.CampaignService.Series;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.Topic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The charts of one campaign, each with its numbers behind it. They stay where they are while their
 * figures grow, so that an open table stays open.
 */
final class CampaignCharts extends Div {
  private static final long serialVersionUID = 1L;
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
    CampaignDrawings drawings = CampaignDrawings.ofReading(detail);
    rho.show(drawings.rho(), () -> rhoTable(CampaignDrawings.curves(detail)));
    errors.show(
        drawings.errors(),
        () -> linesTable(CampaignDrawings.ERROR, CampaignDrawings.trend(detail)));
    ladder.show(drawings.ladder(), () -> ladderTable(detail.rungs()));
    traces.show(drawings.traces(), () -> linesTable(CampaignDrawings.Z, detail.traces()));
    paths.show(
        drawings.paths(),
        () -> linesTable(CampaignDrawings.RUNG, CampaignDrawings.shownPaths(detail)));
  }

  private static DataTable rhoTable(List<DifferenceChart.Line> curves) {
    return curves.isEmpty()
        ? new DataTable(List.of(), List.of())
        : DifferenceChart.table(CampaignDrawings.Z, curves);
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
