package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.dom.Element;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.result.ResultChecks;
import io.modeldiff.web.ui.part.Badge;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.ui.part.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a result can be trusted, and why. */
final class Checks {
  private static final double R_HAT_LIMIT = 1.05;
  private static final double MOST_SE = 3;

  private Checks() {}

  static Div card(ResultChecks checks, String a, String b) {
    Div head = new Div(new H3("Can this be trusted?"), new Help(Topic.CONVERGENCE), badge(checks));
    head.addClassName("md-panel-head");
    Element table = new Element("table").setAttribute("class", "md-plain");
    table.appendChild(
        row("th", "check, the worse of both models", "measured", "limit", "holds"),
        discrepancy(
            "closure: log Z(0) against N·log V", checks.closure(), "no rung at β = 0 was sampled"),
        discrepancy(
            "log Z by replica exchange against SMC", checks.smcAgreement(), "no SMC was run"),
        rHat(checks.rHatMax()));
    Div sides = new Div(side(checks, "A", a, "md-a"), side(checks, "B", b, "md-b"));
    sides.addClassName("md-grid");
    Div card = new Div(head, scrolling(table), sides);
    card.addClassNames("md-card", "md-stack");
    card.setId("checks");
    return card;
  }

  static Span badge(ResultChecks checks) {
    return Badge.of(checks.converged() ? "converged" : "not converged", checks.converged());
  }

  private static Div scrolling(Element table) {
    Div scroll = new Div();
    scroll.addClassName("md-table");
    scroll.getElement().appendChild(table);
    return scroll;
  }

  private static Element row(String cell, String... texts) {
    Element row = new Element("tr");
    for (String text : texts) {
      row.appendChild(new Element(cell).setText(text));
    }
    return row;
  }

  private static Element discrepancy(
      String name, ResultChecks.@Nullable Check measured, String missing) {
    if (measured == null) {
      return row("td", name, missing, "", "not checked");
    }
    Double se = measured.se();
    if (se == null || !(se > 0)) {
      return row(
          "td",
          name,
          Numbers.withError(measured.value(), null) + " nats, its error is unknown",
          "",
          "not checked");
    }
    double distance = Math.abs(measured.value()) / se;
    return row(
        "td",
        name,
        Numbers.withError(measured.value(), se)
            + " nats, "
            + Numbers.significant(distance, 2)
            + " standard errors",
        "3 standard errors",
        word(distance <= MOST_SE));
  }

  private static Element rHat(@Nullable Double value) {
    return value == null
        ? row("td", "worst R̂ over rungs", "too few rounds to say", "", "not checked")
        : row(
            "td",
            "worst R̂ over rungs",
            Numbers.significant(value, 4),
            "1.05",
            word(value < R_HAT_LIMIT));
  }

  private static String word(boolean holds) {
    return holds ? "✓ yes" : "✗ no: do not trust the result yet";
  }

  // The sentences are written for terminals, each with its side in front.
  private static Div side(ResultChecks checks, String side, String model, String colour) {
    UnorderedList words = new UnorderedList();
    words.addClassNames("md-small", "md-checks");
    List<String> own =
        checks.verdict().stream()
            .filter(s -> s.startsWith(side + ":") || s.startsWith(side + ","))
            .map(s -> s.substring(2).strip())
            .toList();
    own.forEach(s -> words.add(new ListItem(Words.symbols(s))));
    return new Div(Words.span(model, colour), words);
  }
}
