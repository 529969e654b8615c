package io.modeldiff.web.ui;

import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A small select with its label inside. */
final class Choice {
  private Choice() {}

  static Select<String> of(
      String label,
      Map<String, String> names,
      List<String> values,
      String value,
      Consumer<String> then) {
    Select<String> select = new Select<>();
    select.setItems(values);
    select.setItemLabelGenerator(v -> names.getOrDefault(v, v));
    select.setValue(value);
    select.setAriaLabel(label);
    select.setPrefixComponent(Words.span(label, "md-muted", "md-small"));
    select.addThemeName("small");
    select.addValueChangeListener(e -> then.accept(e.getValue()));
    return select;
  }
}
