package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.error.UserException;
import java.util.List;

/**
 * One field of a campaign's specification, as somebody wrote it.
 *
 * @param name as in a YAML file and, with two dashes, on the command line
 * @param values a scalar is one value
 * @param list whether a list was written
 * @param where the file and line, or the command line
 */
record SpecField(String name, List<String> values, boolean list, String where) {
  static SpecField option(String name, String value) {
    return new SpecField(name, List.of(value), false, "--" + name);
  }

  /** The refusal of this field: where, what was expected, what was found. */
  UserException refused(String expected) {
    return UserException.badInput(
        place() + ": expected " + expected + ", but found " + found() + ".");
  }

  /** What is wrong with this field, in a sentence of somebody else's. */
  UserException wrong(String sentence) {
    return UserException.badInput(place() + ": " + sentence);
  }

  String place() {
    return where.startsWith("--") ? where : where + ", field " + name;
  }

  private String found() {
    return list ? "the list " + values : values.get(0).isEmpty() ? "nothing" : "'" + text() + "'";
  }

  private String text() {
    return values.get(0);
  }

  /** A scalar. */
  String scalar(String expected) {
    if (list || text().isEmpty()) {
      throw refused(expected);
    }
    return text();
  }

  /** A whole number in a range. */
  long whole(long least, long most) {
    String expected =
        most == Long.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most;
    try {
      long number = Long.parseLong(scalar(expected).replace("_", ""));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(expected);
    }
    throw refused(expected);
  }

  /** A number in a range, its ends excluded unless {@code closed}. */
  double number(double low, double high, boolean closed, String expected) {
    try {
      double number = Double.parseDouble(scalar(expected));
      boolean inside = closed ? number >= low && number <= high : number > low && number < high;
      if (inside && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(expected);
    }
    throw refused(expected);
  }

  /** A list of finite numbers, or one text with commas. */
  double[] numbers(String expected) {
    List<String> parts = list ? values : List.of(text().split(",", -1));
    double[] numbers = new double[parts.size()];
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Double.parseDouble(parts.get(i).strip());
        if (!Double.isFinite(numbers[i])) {
          throw refused(expected);
        }
      }
    } catch (NumberFormatException e) {
      throw refused(expected);
    }
    return numbers;
  }

  /** A list of token ids. */
  int[] ids() {
    String expected = "bos, none, a text, or a list of token ids such as [10, 2]";
    try {
      return values.stream().mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw refused(expected);
    }
  }

  /** True or false. */
  boolean flag() {
    return switch (scalar("true or false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused("true or false");
    };
  }
}
