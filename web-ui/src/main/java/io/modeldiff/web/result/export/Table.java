package io.modeldiff.web.result.export;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows under named columns, produced one by one so that millions need no memory.
 *
 * @param name file name without ending
 * @param columns in order
 * @param rows hands each row to a consumer; values are String, Long, Double, Boolean or null
 */
public record Table(String name, List<Column> columns, Rows rows) {
  /** Produces rows; may be asked again. */
  @FunctionalInterface
  public interface Rows {
    void each(Consumer<@Nullable Object[]> row);
  }
}
