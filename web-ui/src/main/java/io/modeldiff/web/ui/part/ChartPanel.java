package io.modeldiff.web.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.icon.VaadinIcon;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A chart with its title, help, controls, image download, and the table of its numbers. */
public final class ChartPanel extends Div {
  private static final long serialVersionUID = 1L;

  private final String title;
  private final EChart chart;
  private final Details table = new Details("Data table");
  private final Div controls = new Div();
  private transient Supplier<DataTable> data = () -> new DataTable(List.of(), List.of());

  /**
   * @param topic what the chart's quantity means, or null when the title says it all
   * @param height CSS height of the drawing
   */
  public ChartPanel(String title, @Nullable Topic topic, String height) {
    this.title = title;
    this.chart = new EChart(title + "; its numbers are in the data table below");
    addClassName("md-panel");
    chart.setHeight(height);
    chart.setWidthFull();
    controls.addClassName("md-controls");
    Div head = new Div(new H3(title));
    if (topic != null) {
      head.add(new Help(topic));
    }
    Div right = new Div(controls, imageButton());
    right.addClassName("md-right");
    head.add(right);
    head.addClassName("md-panel-head");
    table.addClassName("md-data");
    table.addOpenedChangeListener(e -> fillTable());
    add(head, chart, table);
  }

  private Button imageButton() {
    Button image = new Button(VaadinIcon.PICTURE.create(), e -> chart.downloadImage(slug("png")));
    image.addThemeVariants(
        ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON, ButtonVariant.LUMO_SMALL);
    image.setAriaLabel("Download " + title + " as an image");
    image.setTooltipText("Download as an image");
    return image;
  }

  /** The drawing, for listeners. */
  public EChart chart() {
    return chart;
  }

  /** Puts controls into the panel's head, instead of those before. */
  public void setControls(Component... components) {
    controls.removeAll();
    controls.add(components);
  }

  /**
   * Draws options.
   *
   * @param numbers behind them; asked for only while somebody looks at the table
   */
  public void show(Map<String, ?> option, Supplier<DataTable> numbers) {
    show(Drawing.of(option), numbers);
  }

  /**
   * Draws what was written before.
   *
   * @param numbers behind it; asked for only while somebody looks at the table
   */
  public void show(Drawing drawing, Supplier<DataTable> numbers) {
    chart.show(drawing);
    data = numbers;
    fillTable();
  }

  private void fillTable() {
    table.removeAll();
    if (table.isOpened()) {
      DataTable shown = data.get();
      table.add(shown.render(title), shown.download(slug("csv")));
    }
  }

  private String slug(String extension) {
    return title.replaceAll("[^\\p{Alnum}]+", "-").replaceAll("^-|-$", "") + "." + extension;
  }
}
