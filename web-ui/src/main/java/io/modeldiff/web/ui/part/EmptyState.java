package io.modeldiff.web.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;

/** Says why there is nothing to see, and what to do about it. */
public final class EmptyState {
  private EmptyState() {}

  /** Nothing here, for a reason. */
  public static Div of(String title, String sentence, Component... actions) {
    return build("md-empty", "status", title, sentence, actions);
  }

  /** Something failed. */
  public static Div failed(String sentence, Component... actions) {
    return build("md-empty md-failed", "alert", "This could not be shown", sentence, actions);
  }

  private static Div build(
      String classes, String role, String title, String sentence, Component... actions) {
    Div box = new Div();
    for (String name : classes.split(" ", -1)) {
      box.addClassName(name);
    }
    box.getElement().setAttribute("role", role);
    Div row = new Div(actions);
    row.addClassName("md-actions");
    box.add(new H3(title), new Paragraph(sentence), row);
    return box;
  }
}
