package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.ui.part.Badge;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.List;

/** All comparisons, newest first. */
@Route(value = "comparisons", layout = MainLayout.class)
@PageTitle("Comparisons · Model-diff")
public class ComparisonsView extends Page {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 1000;
  // Rows that are made at once; others come as they are scrolled to.
  private static final int ROWS = 20;

  private final Div place = new Div();
  private final Grid<ComparisonService.Summary> grid = new Grid<>();

  public ComparisonsView() {
    super("Comparisons", "Two models over one input space: how many inputs they disagree on.");
    columns();
    add(place);
  }

  private void columns() {
    grid.setPageSize(ROWS);
    grid.addThemeVariants(GridVariant.LUMO_WRAP_CELL_CONTENT);
    grid.setId("comparisons");
    grid.addComponentColumn(c -> new Anchor("comparison/" + c.id(), c.a() + " and " + c.b()))
        .setHeader("Models")
        .setFlexGrow(2);
    grid.addColumn(Words::headline)
        .setHeader("Finding")
        .setFlexGrow(5)
        .setTooltipGenerator(Words::headline);
    grid.addColumn(c -> c.space().length())
        .setHeader("N (tokens)")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(c -> Words.range(c.space()))
        .setHeader("Z (nats/token)")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addComponentColumn(c -> Badge.of(c.phase()))
        .setHeader("State")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(c -> Numbers.time(c.created()))
        .setHeader("Started")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(ComparisonService.Summary::createdBy)
        .setHeader("By")
        .setAutoWidth(true)
        .setFlexGrow(0);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    follow(place, s -> s.comparisons().list(MOST), this::show);
  }

  private void show(List<ComparisonService.Summary> all) {
    if (all.isEmpty()) {
      place.removeAll();
      place.add(
          EmptyState.of(
              "No comparison yet",
              "A comparison samples two models over the same input space and counts where they"
                  + " disagree.",
              new Anchor("compare", "Start one")));
      return;
    }
    if (!grid.isAttached()) {
      place.removeAll();
      place.add(grid);
    }
    grid.setItems(all);
    grid.setAllRowsVisible(all.size() <= ROWS);
  }
}
