package io.modeldiff.web.ui.part;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Map;

/**
 * What a chart shows, written once for all pages that show it.
 *
 * @param json ECharts' options
 */
public record Drawing(String json) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(Double.class, new Visible()))
          .build();

  /** Seven digits are more than a screen can show, and half the bytes of a double. */
  private static final class Visible extends StdSerializer<Double> {
    private static final long serialVersionUID = 1L;

    Visible() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeNumber(value.floatValue());
    }
  }

  /** Writes options. */
  public static Drawing of(Map<String, ?> options) {
    try {
      return new Drawing(JSON.writeValueAsString(options));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("chart options must be JSON values", e);
    }
  }
}
