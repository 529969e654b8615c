package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * The fields of a campaign's specification by name, each knowing the file and line, or the option,
 * that it was written in. Later ones win.
 */
final class SpecFields {
  /** All fields, in the order in which they are written. */
  static final List<String> KNOWN =
      List.of(
          "model",
          "dtype",
          "length",
          "z",
          "prefix",
          "allow",
          "method",
          "kernels",
          "ladder",
          "temperatures",
          "moves",
          "lanes",
          "seed",
          "evaluations",
          "target-error",
          "bin",
          "floor",
          "burn-in",
          "smc-replicates",
          "smc-particles",
          "refresh",
          "closure-rung");

  private final Map<String, SpecField> fields = new LinkedHashMap<>();
  private final String origin;

  private SpecFields(String origin) {
    this.origin = origin;
  }

  /** No fields yet. */
  static SpecFields none() {
    return new SpecFields("the command line");
  }

  /** The fields of a YAML file. */
  static SpecFields file(Path file) {
    try {
      return yaml(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (java.nio.file.NoSuchFileException e) {
      throw UserException.badInput("There is no file " + file + ".", e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw UserException.badInput(file + " is not UTF-8 text.", e);
    } catch (IOException e) {
      throw UserException.badInput(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** The fields of a YAML document. */
  static SpecFields yaml(String text, String origin) {
    SpecFields fields = new SpecFields(origin);
    Node root = compose(text, origin).orElseThrow(() -> notAMapping(origin, "nothing"));
    if (!(root instanceof MappingNode mapping)) {
      throw notAMapping(at(origin, root), "something else");
    }
    for (NodeTuple entry : mapping.getValue()) {
      fields.take(entry);
    }
    return fields;
  }

  private static Optional<Node> compose(String text, String origin) {
    LoadSettings settings = LoadSettings.builder().setLabel(origin).setUseMarks(true).build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw UserException.badInput(
          origin + ", line " + line + ": this is not YAML (" + e.getProblem() + ").", e);
    } catch (YamlEngineException e) {
      throw UserException.badInput(origin + ": this is not YAML (" + e.getMessage() + ").", e);
    }
  }

  private static UserException notAMapping(String where, String found) {
    return UserException.badInput(
        where
            + ": expected lines 'field: value', such as 'model: small-toy', but found "
            + found
            + ".");
  }

  private static String at(String origin, Node node) {
    return node.getStartMark().map(m -> origin + ", line " + (m.getLine() + 1)).orElse(origin);
  }

  private void take(NodeTuple entry) {
    String where = at(origin, entry.getKeyNode());
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      throw notAMapping(where, "something else");
    }
    String name = key.getValue();
    if (!KNOWN.contains(name)) {
      throw UserException.badInput(
          where
              + ": there is no field '"
              + name
              + "'; the fields are "
              + String.join(", ", KNOWN)
              + ".");
    }
    if (fields.containsKey(name)) {
      throw UserException.badInput(
          where + ": the field " + name + " is there twice; expected it once.");
    }
    fields.put(name, field(name, where, entry.getValueNode()));
  }

  private SpecField field(String name, String where, Node value) {
    if (value instanceof ScalarNode scalar) {
      return new SpecField(name, List.of(scalar.getValue()), false, where);
    }
    if (value instanceof SequenceNode list) {
      return new SpecField(name, items(name, list.getValue()), true, where);
    }
    if (value instanceof MappingNode map && name.equals("kernels")) {
      List<String> weighted = new ArrayList<>();
      for (NodeTuple entry : map.getValue()) {
        weighted.add(text(name, entry.getKeyNode()) + ":" + text(name, entry.getValueNode()));
      }
      return new SpecField(name, weighted, true, where);
    }
    throw UserException.badInput(
        where + ", field " + name + ": expected a value or a list, but found fields of its own.");
  }

  private List<String> items(String name, List<Node> nodes) {
    List<String> items = new ArrayList<>();
    nodes.forEach(node -> items.add(text(name, node)));
    return items;
  }

  private String text(String name, Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw UserException.badInput(
        at(origin, node) + ", field " + name + ": expected a plain value here.");
  }

  /** These fields with others on top. */
  SpecFields with(Map<String, String> options) {
    SpecFields both = new SpecFields(origin);
    both.fields.putAll(fields);
    options.forEach((name, value) -> both.fields.put(name, SpecField.option(name, value)));
    boolean ladder = options.containsKey("ladder");
    boolean temperatures = options.containsKey("temperatures");
    if (ladder != temperatures) {
      both.fields.remove(ladder ? "temperatures" : "ladder");
    }
    return both;
  }

  Optional<SpecField> find(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  SpecField require(String name, String expected) {
    return find(name)
        .orElseThrow(
            () ->
                UserException.badInput(
                    origin
                        + ": the field "
                        + name
                        + " is missing (expected "
                        + expected
                        + "); write it there or give --"
                        + name
                        + "."));
  }
}
