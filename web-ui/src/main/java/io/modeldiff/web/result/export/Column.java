package io.modeldiff.web.result.export;

/**
 * A column of an exported table.
 *
 * @param name as it stands in the file
 * @param type of its values
 * @param unit such as nats per token; empty for none
 * @param meaning one sentence; it says when a value is missing
 */
public record Column(String name, Type type, String unit, String meaning) {
  /** What a column holds. */
  public enum Type {
    TEXT,
    WHOLE,
    REAL,
    TRUTH
  }

  static Column text(String name, String meaning) {
    return new Column(name, Type.TEXT, "", meaning);
  }

  static Column whole(String name, String meaning) {
    return new Column(name, Type.WHOLE, "", meaning);
  }

  static Column real(String name, String unit, String meaning) {
    return new Column(name, Type.REAL, unit, meaning);
  }

  static Column truth(String name, String meaning) {
    return new Column(name, Type.TRUTH, "", meaning);
  }
}
