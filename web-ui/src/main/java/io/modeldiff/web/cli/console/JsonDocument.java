package io.modeldiff.web.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.modeldiff.web.result.FiniteNumbers;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the one JSON document of a command. Numbers that are not finite are written as null. */
public final class JsonDocument {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .findAndRegisterModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .registerModule(FiniteNumbers.writing());

  private JsonDocument() {}

  /** Writes a record, map or list as the document, with a line end. */
  public static void print(Console console, Object value) {
    console.out().println(text(value));
    console.out().flush();
  }

  /** The document as text, without a line end. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A generator for a document that is too large to be held in memory; does not close stdout. */
  public static JsonGenerator stream(Console console) throws IOException {
    JsonGenerator generator = new JsonFactory().createGenerator(unclosable(console.out()));
    generator.setCodec(MAPPER);
    return generator;
  }

  private static OutputStream unclosable(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }
}
