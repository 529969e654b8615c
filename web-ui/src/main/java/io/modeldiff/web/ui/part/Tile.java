package io.modeldiff.web.ui.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** One quantity: its name, its value with uncertainty and unit, and what it means. */
public final class Tile extends Div {
  private static final long serialVersionUID = 1L;

  private final Span value = new Span();
  private final Span note = new Span();

  public Tile(String name, Topic topic) {
    addClassName("md-tile");
    Span title = new Span(name);
    title.addClassName("md-tile-name");
    Div head = new Div(title, new Help(topic));
    head.addClassName("md-tile-head");
    value.addClassName("md-tile-value");
    note.addClassName("md-tile-note");
    add(head, value, note);
  }

  /** Shows a value and, below it, its unit or a remark. */
  public Tile show(String valueText, String noteText) {
    value.setText(valueText);
    note.setText(noteText);
    return this;
  }

  /** Marks the tile with a model's colour: {@code a} or {@code b}. */
  public Tile mark(String side) {
    addClassName("md-side-" + side);
    return this;
  }
}
