package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Div;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.service.ComparisonService.Density;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.Topic;
import java.util.List;

/** Where the samples lie, ρ(z) of both models, and whether to trust the result. */
final class ResultCharts extends Div {
  private static final long serialVersionUID = 1L;

  private final ChartPanel picture =
      new ChartPanel("Where the sampled inputs lie", Topic.R3, "24rem");
  private final ChartPanel rho = new ChartPanel("ρ(z): inputs by NLL", Topic.RHO_Z, "24rem");
  private final Div checks = new Div();

  ResultCharts() {
    addClassNames("md-grid", "md-section");
    checks.addClassName("md-wide");
    add(picture, rho, checks);
  }

  void show(Summary found, ComparisonDocument shown, Density density) {
    List<DifferenceChart.Line> lines =
        List.of(
            new DifferenceChart.Line("ρ(z) of " + found.a(), shown.rhoA(), "--md-a"),
            new DifferenceChart.Line("ρ(z) of " + found.b(), shown.rhoB(), "--md-b"));
    double low = found.space().range().low();
    double high = found.space().range().high();
    rho.show(
        DifferenceChart.option(
            lines,
            new DifferenceChart.Look("NLL z (nats/token)", "Z", true, List.of(low, high), null)),
        () -> DifferenceChart.table("z (nats/token)", lines));
    checks.removeAll();
    checks.add(Checks.card(shown.checks(), found.a(), found.b()));
    picture.show(
        DifferenceChart.density(density, found.a(), found.b(), low, high),
        () -> DifferenceChart.densityTable(density));
  }
}
