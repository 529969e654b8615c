package io.modeldiff.web.ui.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.shared.Registration;

/**
 * An Apache ECharts chart. Options are plain maps in ECharts' own words; a colour may be the name
 * of a style sheet variable ({@code --md-a}), so that a chart follows the page's theme and palette,
 * and a formatter may be one of the script's named functions ({@code fn:pow10}).
 */
@Tag("md-chart")
@JavaScript("context://webjars/echarts/5.5.0/echarts.min.js")
@JavaScript("context://md/chart.js")
public class EChart extends Component implements HasSize, HasStyle {
  private static final long serialVersionUID = 1L;

  /**
   * @param label what a screen reader says of the chart
   */
  public EChart(String label) {
    getElement().setAttribute("role", "img");
    getElement().setAttribute("aria-label", label);
  }

  /** Shows this instead of all before. */
  public void show(Drawing drawing) {
    getElement().setProperty("option", drawing.json());
  }

  /** Charts and token strips of one group show the same position when one of them is hovered. */
  public void setHoverGroup(String group) {
    getElement().setAttribute("hover-group", group);
  }

  /** Lets the reader drag a horizontal range. */
  public Registration addRangeListener(ComponentEventListener<RangeEvent> listener) {
    getElement().setAttribute("range", true);
    return addListener(RangeEvent.class, listener);
  }

  /** Calls back with the index of the clicked data item. */
  public Registration addItemListener(ComponentEventListener<ItemEvent> listener) {
    return addListener(ItemEvent.class, listener);
  }

  /** Downloads the chart as a PNG under this name. */
  public void downloadImage(String fileName) {
    getElement().callJsFunction("download", fileName);
  }

  /** A range was dragged; both ends are equal when it was cleared. */
  @DomEvent("md-range")
  public static class RangeEvent extends ComponentEvent<EChart> {
    private static final long serialVersionUID = 1L;
    private final double from;
    private final double to;

    public RangeEvent(
        EChart source,
        boolean fromClient,
        @EventData("event.detail.from") double from,
        @EventData("event.detail.to") double to) {
      super(source, fromClient);
      this.from = from;
      this.to = to;
    }

    /** Lower end, in the x axis' unit. */
    public double from() {
      return from;
    }

    /** Upper end, in the x axis' unit. */
    public double to() {
      return to;
    }
  }

  /** A data item was clicked. */
  @DomEvent("md-item")
  public static class ItemEvent extends ComponentEvent<EChart> {
    private static final long serialVersionUID = 1L;
    private final int index;

    public ItemEvent(
        EChart source, boolean fromClient, @EventData("event.detail.index") int index) {
      super(source, fromClient);
      this.index = index;
    }

    /** Index into the series' data. */
    public int index() {
      return index;
    }
  }
}
