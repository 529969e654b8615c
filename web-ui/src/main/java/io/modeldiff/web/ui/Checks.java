package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.result.ResultChecks;
import io.modeldiff.web.ui.part.Badge;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.ui.part.Topic;
import org.jspecify.annotations.Nullable;

/** Whether a result can be trusted, and why. */
final class Checks {
  private static final double R_HAT_LIMIT = 1.05;
  private static final double MOST_SE = 3;

  private Checks() {}

  static Div card(ResultChecks checks) {
    UnorderedList list =
        new UnorderedList(
            item(
                "Closure, log Z(0) against N·log V", checks.closure(), "no β = 0 rung was sampled"),
            item("Replica exchange against SMC, log Z", checks.smcAgreement(), "no SMC was run"),
            new ListItem(rHat(checks.rHatMax())));
    Div head =
        new Div(
            new H3("Can this be trusted?"),
            new Help(Topic.CONVERGENCE),
            Badge.of(checks.converged() ? "converged" : "not converged", checks.converged()));
    head.addClassName("md-panel-head");
    UnorderedList words = new UnorderedList();
    checks.verdict().forEach(sentence -> words.add(new ListItem(sentence)));
    words.addClassName("md-small");
    Div card = new Div(head, list, words);
    card.addClassName("md-card");
    return card;
  }

  private static ListItem item(String name, ResultChecks.@Nullable Check measured, String missing) {
    if (measured == null) {
      return new ListItem(name + ": " + missing + ".");
    }
    Double se = measured.se();
    if (se == null || !(se > 0)) {
      return new ListItem(
          name + ": " + Numbers.withError(measured.value(), null) + " nats, its error is unknown.");
    }
    double distance = Math.abs(measured.value()) / se;
    return new ListItem(
        name
            + ": "
            + Numbers.withError(measured.value(), se)
            + " nats, "
            + Numbers.significant(distance, 2)
            + " standard errors"
            + (distance <= MOST_SE
                ? ", within 3."
                : ", more than 3: do not trust the result yet."));
  }

  private static String rHat(@Nullable Double value) {
    if (value == null) {
      return "Worst R̂ over rungs: too few rounds to say.";
    }
    return "Worst R̂ over rungs: "
        + Numbers.significant(value, 4)
        + (value < R_HAT_LIMIT
            ? ", below 1.05."
            : ", not below 1.05: the chains do not agree with each other yet.");
  }
}
