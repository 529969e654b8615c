package io.modeldiff.web.ui.part;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small maps in ECharts' words. */
public final class Options {
  private static final double AXIS_PARTS = 6;
  private static final double TINY = 1e-9;

  private Options() {}

  /** A map of alternating names and values, in order; null values are kept. */
  public static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return map;
  }

  /** A numeric axis with its name below or beside it. */
  public static Map<String, @Nullable Object> axis(String name) {
    return of(
        "type", "value", "name", name, "nameLocation", "middle", "nameGap", 28, "scale", true);
  }

  /** A numeric axis from one value to another, widened to the next round ones. */
  public static Map<String, @Nullable Object> axis(String name, double least, double most) {
    double step = roundStep(Math.max(most - least, Double.MIN_NORMAL) / AXIS_PARTS);
    Map<String, @Nullable Object> axis = axis(name);
    axis.put("min", step * Math.floor(least / step + TINY));
    axis.put("max", step * Math.ceil(most / step - TINY));
    axis.put("interval", step);
    return axis;
  }

  // The next of 1, 2, 5, 10, ... upwards.
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  /** A legend above the drawing, its entries drawn as short lines. */
  public static Map<String, @Nullable Object> legend(@Nullable Object... more) {
    Map<String, @Nullable Object> legend =
        of("top", 0, "icon", "roundRect", "itemWidth", 18, "itemHeight", 3);
    legend.putAll(of(more));
    return legend;
  }

  /** Room for axis names and the legend. */
  public static Map<String, @Nullable Object> grid() {
    return of("left", 64, "right", 20, "top", 36, "bottom", 48);
  }
}
