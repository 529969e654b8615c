package io.modeldiff.web.ui.part;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small maps in ECharts' words. */
public final class Options {
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

  /** Room for axis names and the legend. */
  public static Map<String, @Nullable Object> grid() {
    return of("left", 64, "right", 20, "top", 36, "bottom", 48);
  }
}
