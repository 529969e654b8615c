package io.modeldiff.web.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Arrays;

/** How a number that is not finite goes through JSON, which has no NaN: as null. */
public final class FiniteNumbers {
  private FiniteNumbers() {}

  /** Writes what is not finite as null. */
  public static SimpleModule writing() {
    SimpleModule module = new SimpleModule("finite-numbers");
    module.addSerializer(double.class, new One());
    module.addSerializer(Double.class, new One());
    module.addSerializer(double[].class, new Many());
    return module;
  }

  /** Reads null as NaN where a number must be. */
  public static SimpleModule reading() {
    return new SimpleModule("finite-numbers-back")
        .addDeserializer(double.class, new Back())
        .addDeserializer(double[].class, new BackOfMany());
  }

  private static final class Back extends JsonDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return json.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }
  }

  private static final class BackOfMany extends JsonDeserializer<double[]> {
    @Override
    public double[] deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return Arrays.stream(json.readValueAs(Double[].class))
          .mapToDouble(value -> value == null ? Double.NaN : value)
          .toArray();
    }
  }

  private static void write(double value, JsonGenerator json) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  private static final class One extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      write(value, json);
    }
  }

  private static final class Many extends JsonSerializer<double[]> {
    @Override
    public void serialize(double[] values, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray();
      for (double value : values) {
        write(value, json);
      }
      json.writeEndArray();
    }
  }
}
