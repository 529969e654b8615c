package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.ui.part.Badge;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.List;

/** All campaigns, newest first. */
@Route(value = "campaigns", layout = MainLayout.class)
@PageTitle("Campaigns · Model-diff")
public class CampaignsView extends Page {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 1000;
  // Rows that are made at once; others come as they are scrolled to.
  private static final int ROWS = 20;

  private final Div place = new Div();
  private final Grid<CampaignService.Summary> grid = new Grid<>();

  public CampaignsView() {
    super(
        "Campaigns",
        "A campaign samples one model over one input space; any number of comparisons can use it.");
    columns();
    add(place);
  }

  private void columns() {
    grid.setPageSize(ROWS);
    grid.addThemeVariants(GridVariant.LUMO_WRAP_CELL_CONTENT);
    grid.setId("campaigns");
    grid.addComponentColumn(c -> new Anchor("campaign/" + c.id(), c.model()))
        .setHeader("Model")
        .setFlexGrow(2);
    grid.addComponentColumn(c -> Words.span(Words.space(c.space()), "md-small"))
        .setHeader("Input space")
        .setFlexGrow(4);
    grid.addComponentColumn(c -> Badge.of(c.phase()))
        .setHeader("State")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(c -> Numbers.whole(c.evaluations()))
        .setHeader("Evaluations")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addComponentColumn(c -> Badge.of(c.health(), c.healthy()))
        .setHeader("Health")
        .setFlexGrow(3);
    grid.addColumn(c -> Numbers.time(c.created()))
        .setHeader("Started")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(CampaignService.Summary::createdBy)
        .setHeader("By")
        .setAutoWidth(true)
        .setFlexGrow(0);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    follow(place, s -> s.campaigns().list(MOST), this::show);
  }

  private void show(List<CampaignService.Summary> all) {
    if (all.isEmpty()) {
      place.removeAll();
      place.add(
          EmptyState.of(
              "No campaign yet",
              "A new comparison starts the two campaigns that it needs.",
              new Anchor("compare", "Start a comparison")));
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
