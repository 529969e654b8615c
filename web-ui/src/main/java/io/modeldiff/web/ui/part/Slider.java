package io.modeldiff.web.ui.part;

import com.vaadin.flow.component.AbstractSinglePropertyField;
import com.vaadin.flow.component.Tag;

/** A native range input: reachable by keyboard, named for screen readers. */
@Tag("input")
public final class Slider extends AbstractSinglePropertyField<Slider, Double> {
  private static final long serialVersionUID = 1L;

  /**
   * @param label what it sets
   */
  public Slider(String label, double min, double max, double step) {
    super("value", 0.0, String.class, Double::valueOf, String::valueOf);
    getElement().setAttribute("type", "range");
    getElement().setAttribute("aria-label", label);
    getElement().setAttribute("min", String.valueOf(min));
    getElement().setAttribute("max", String.valueOf(max));
    getElement().setAttribute("step", String.valueOf(step));
    getElement().setProperty("value", "0");
    setSynchronizedEvent("change");
  }
}
