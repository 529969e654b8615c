package io.modeldiff.web.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.EmptyState;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.ui.part.Topic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All models that were compared over the input space of one comparison: of the inputs that the
 * row's model finds likely, the share that the column's model finds less likely.
 */
final class ModelMatrix extends Div {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 1000;

  /** One share; the newest comparison of a pair counts. */
  private record Cell(
      String row, String column, @Nullable Double share, @Nullable Double se, String comparison) {}

  ModelMatrix(Summary shown) {
    addClassNames("md-card", "md-section");
    setId("matrix");
    Div table = new Div();
    Button look = new Button("Show every model compared over these inputs");
    look.addThemeVariants(ButtonVariant.LUMO_SMALL);
    look.setId("show-matrix");
    look.setDisableOnClick(true);
    look.addClickListener(
        e -> Page.load(table, s -> cells(s, shown), cells -> table.add(table(cells))));
    Div head = new Div(new H3("Several models"), new Help(Topic.PD), look);
    head.addClassName("md-panel-head");
    add(head, table);
  }

  private static List<Cell> cells(Services services, Summary shown) {
    List<Cell> cells = new ArrayList<>();
    for (Summary each : services.comparisons().list(MOST)) {
      if (each.phase() == Phase.DONE && each.space().equals(shown.space())) {
        var result = services.comparisons().result(each.id(), shown.lambda());
        add(
            cells,
            cell(
                each.a(),
                each.b(),
                result.terms().pdAB().log10(),
                result.terms().pdAB().relSe(),
                result.countA().log10(),
                each.id()));
        add(
            cells,
            cell(
                each.b(),
                each.a(),
                result.terms().pdBA().log10(),
                result.terms().pdBA().relSe(),
                result.countB().log10(),
                each.id()));
      }
    }
    return cells;
  }

  private static void add(List<Cell> cells, Cell cell) {
    if (cells.stream()
        .noneMatch(c -> c.row().equals(cell.row()) && c.column().equals(cell.column()))) {
      cells.add(cell);
    }
  }

  // The error is the term's: that of the whole is much smaller and of the same samples.
  private static Cell cell(
      String row,
      String column,
      @Nullable Double part,
      @Nullable Double relSe,
      @Nullable Double all,
      String comparison) {
    if (all == null || part == null) {
      return new Cell(row, column, null, null, comparison);
    }
    double share = Math.min(1, Math.pow(10, part - all));
    return new Cell(row, column, share, relSe == null ? null : share * relSe, comparison);
  }

  private static Div table(List<Cell> cells) {
    Set<String> models = new LinkedHashSet<>();
    cells.forEach(c -> models.add(c.row()));
    if (models.isEmpty()) {
      return EmptyState.of(
          "No finished comparison yet", "The matrix fills as comparisons of this input space end.");
    }
    Element table = new Element("table");
    table.setAttribute("class", "md-plain");
    Element head =
        new Element("tr").appendChild(new Element("th").setText("inputs of ↓ less likely to →"));
    models.forEach(m -> head.appendChild(new Element("th").setText(m)));
    table.appendChild(head);
    for (String row : models) {
      Element line = new Element("tr").appendChild(new Element("th").setText(row));
      for (String column : models) {
        line.appendChild(
            cells.stream()
                .filter(c -> c.row().equals(row) && c.column().equals(column))
                .findFirst()
                .map(ModelMatrix::filled)
                .orElseGet(() -> new Element("td").setText(row.equals(column) ? "–" : "")));
      }
      table.appendChild(line);
    }
    Div scroll = new Div();
    scroll.addClassName("md-table");
    scroll.getElement().appendChild(table);
    String missing =
        models.size() > 2
            ? "Empty cells were not compared over these inputs."
            : "Compare a third model over the same input space and it appears here.";
    Paragraph note =
        new Paragraph("Each share with its 95% interval; λ is this comparison's. " + missing);
    note.addClassNames("md-muted", "md-small");
    return new Div(scroll, note);
  }

  private static Element filled(Cell cell) {
    Double share = cell.share();
    Double se = cell.se();
    String text =
        share == null
            ? "none seen"
            : se == null ? Numbers.percent(share) : Numbers.share(share, se);
    return new Element("td")
        .appendChild(new Anchor("comparison/" + cell.comparison(), text).getElement());
  }
}
