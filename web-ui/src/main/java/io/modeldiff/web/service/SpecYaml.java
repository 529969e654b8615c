package io.modeldiff.web.service;

import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A comparison's specification as YAML, in the words of the command line's options. What is left
 * out of a text that is read stays as it was; a mistake is named with its line.
 */
public final class SpecYaml {
  private static final List<String> FIELDS =
      List.of(
          "a",
          "b",
          "length",
          "z",
          "prefix",
          "allow",
          "method",
          "kernels",
          "lanes",
          "seed",
          "evaluations",
          "target-error",
          "lambda",
          "bin");

  private record Field(String name, String text, int line) {
    UserException refused(String expected) {
      return UserException.badInput(
          "Line "
              + line
              + ", field "
              + name
              + ": expected "
              + expected
              + ", but found '"
              + text
              + "'.");
    }

    long whole(long least, long most) {
      try {
        long value = Long.parseLong(text.replace("_", ""));
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw refused("a whole number");
      }
      throw refused("a whole number from " + least + " to " + most);
    }

    double number(double least, boolean included) {
      String expected = "a number " + (included ? "of at least " : "above ") + least;
      try {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value) && (included ? value >= least : value > least)) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw refused(expected);
      }
      throw refused(expected);
    }
  }

  private SpecYaml() {}

  /** Every field that has a value, one a line. */
  public static String write(ComparisonService.Spec spec) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("a", quoted(spec.a()));
    values.put("b", quoted(spec.b()));
    values.put("length", spec.space().length());
    values.put("z", quoted(spec.space().z()));
    values.put("prefix", quoted(spec.space().prefix()));
    values.put("allow", quoted(spec.space().allow()));
    values.put("method", spec.method());
    if (!spec.kernels().isEmpty()) {
      values.put("kernels", "[" + String.join(", ", spec.kernels()) + "]");
    }
    values.put("lanes", spec.lanes());
    values.put("seed", spec.seed());
    values.put("evaluations", spec.evaluations());
    values.put("target-error", spec.targetError());
    values.put("lambda", spec.lambda());
    values.put("bin", spec.bin());
    StringBuilder out = new StringBuilder();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            out.append(name).append(": ").append(value).append('\n');
          }
        });
    return out.toString();
  }

  // Plain where YAML would read the same text back.
  private static String quoted(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9._-]*")
            && !text.matches("(?i)null|true|false|yes|no|on|off|y|n")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  /**
   * Reads a text.
   *
   * @param before the values of fields that the text leaves out
   * @throws UserException naming the line, the field and what was expected there
   */
  public static ComparisonService.Spec read(String text, ComparisonService.Spec before) {
    Map<String, Field> given = fields(text);
    SpaceSpec space = before.space();
    Field method = given.get("method");
    if (method != null && !List.of("tempering", "smc", "paper").contains(method.text())) {
      throw method.refused("tempering, smc or paper");
    }
    return new ComparisonService.Spec(
        text(given, "a", before.a()),
        text(given, "b", before.b()),
        space(given, space),
        text(given, "method", before.method()),
        kernels(given, before.kernels()),
        (int) whole(given, "lanes", before.lanes(), Integer.MAX_VALUE),
        given.containsKey("seed")
            ? given.get("seed").whole(Long.MIN_VALUE, Long.MAX_VALUE)
            : before.seed(),
        given.containsKey("evaluations")
            ? (Long) given.get("evaluations").whole(1, Long.MAX_VALUE)
            : before.evaluations(),
        given.containsKey("target-error")
            ? (Double) given.get("target-error").number(0, false)
            : before.targetError(),
        given.containsKey("lambda") ? given.get("lambda").number(0, true) : before.lambda(),
        given.containsKey("bin") ? given.get("bin").number(0, false) : before.bin());
  }

  private static SpaceSpec space(Map<String, Field> given, SpaceSpec before) {
    Field z = given.get("z");
    try {
      return new SpaceSpec(
          (int) whole(given, "length", before.length(), Integer.MAX_VALUE),
          z == null ? before.z() : z.text(),
          text(given, "prefix", before.prefix()),
          text(given, "allow", before.allow()));
    } catch (UserException e) {
      throw z == null || !String.valueOf(e.getMessage()).contains(z.text())
          ? e
          : z.refused("a range LO:HI in nats per token, such as \"1.74:2.00\"");
    }
  }

  private static long whole(Map<String, Field> given, String name, long before, long most) {
    Field field = given.get(name);
    return field == null ? before : field.whole(1, most);
  }

  private static String text(Map<String, Field> given, String name, String before) {
    Field field = given.get(name);
    return field == null ? before : field.text();
  }

  private static List<String> kernels(Map<String, Field> given, List<String> before) {
    Field field = given.get("kernels");
    return field == null ? before : List.of(field.text().split(",\\s*"));
  }

  private static Map<String, Field> fields(String text) {
    Node root = compose(text);
    if (!(root instanceof MappingNode mapping)) {
      throw UserException.badInput(
          "Expected lines 'field: value', such as 'length: 8', but found something else.");
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      Field field = field(entry);
      if (!FIELDS.contains(field.name())) {
        throw UserException.badInput(
            String.format(
                Locale.ROOT,
                "Line %d: there is no field '%s'; the fields are %s.",
                field.line(),
                field.name(),
                String.join(", ", FIELDS)));
      }
      if (fields.put(field.name(), field) != null) {
        throw UserException.badInput(
            "Line " + field.line() + ": the field " + field.name() + " is there twice.");
      }
    }
    return fields;
  }

  private static Node compose(String text) {
    try {
      return new Compose(LoadSettings.builder().setUseMarks(true).build())
          .composeString(text)
          .orElseThrow(() -> UserException.badInput("The YAML is empty."));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw UserException.badInput(
          "Line " + line + " is not YAML: " + Objects.requireNonNullElse(e.getProblem(), "") + ".",
          e);
    } catch (YamlEngineException e) {
      throw UserException.badInput("This is not YAML: " + e.getMessage() + ".", e);
    }
  }

  private static Field field(NodeTuple entry) {
    int line = entry.getKeyNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      throw UserException.badInput("Line " + line + ": expected 'field: value'.");
    }
    String name = key.getValue();
    if (entry.getValueNode() instanceof ScalarNode value) {
      return new Field(name, value.getValue(), line);
    }
    if (entry.getValueNode() instanceof SequenceNode list) {
      List<String> items = new ArrayList<>();
      for (Node item : list.getValue()) {
        if (!(item instanceof ScalarNode scalar)) {
          throw UserException.badInput("Line " + line + ", field " + name + ": expected a list.");
        }
        items.add(scalar.getValue());
      }
      return new Field(name, String.join(",", items), line);
    }
    throw UserException.badInput("Line " + line + ", field " + name + ": expected a value.");
  }
}
