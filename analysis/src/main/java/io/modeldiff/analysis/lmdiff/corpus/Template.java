package io.modeldiff.analysis.lmdiff.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phrase made of a record's fields: text with {@code {path}} in it. A path names a field; in JSON
 * it may go deeper: {@code question.stem}, {@code choices[0].text}, {@code
 * choices[label=answerKey].text} (the element whose {@code label} equals the record's {@code
 * answerKey}).
 */
final class Template {
  private static final Pattern FIELD = Pattern.compile("\\{([^{}]+)\\}");
  private static final Pattern STEP =
      Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)\\]|\\[([^=\\]]+)=([^\\]]+)\\]");

  private final String source;
  private final List<String> literals = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();

  Template(String source) {
    this.source = source;
    Matcher m = FIELD.matcher(source);
    int from = 0;
    while (m.find()) {
      literals.add(source.substring(from, m.start()));
      paths.add(m.group(1));
      from = m.end();
    }
    literals.add(source.substring(from));
    if (paths.isEmpty()) {
      throw UserException.badInput(
          "The text template '"
              + source
              + "' names no field; write fields in braces, e.g. {text}.");
    }
  }

  /** Templates of an import: those given, or the field {@code text}. */
  static List<Template> of(ImportOptions options) {
    List<String> sources = options.texts().isEmpty() ? List.of("{text}") : options.texts();
    return sources.stream().map(Template::new).toList();
  }

  /** Names of the fields used. */
  List<String> paths() {
    return paths;
  }

  /** The phrase of a JSON record, on one line; empty when a field is absent. */
  Optional<String> fill(JsonNode record) {
    StringBuilder text = new StringBuilder(literals.get(0));
    for (int i = 0; i < paths.size(); i++) {
      JsonNode value = find(record, paths.get(i));
      if (value.isMissingNode() || value.isNull() || value.isContainerNode()) {
        return Optional.empty();
      }
      text.append(value.asText()).append(literals.get(i + 1));
    }
    return Optional.of(oneLine(text.toString()));
  }

  @Override
  public String toString() {
    return source;
  }

  /** The value at a path; missing when there is none. */
  static JsonNode find(JsonNode record, String path) {
    if (record.has(path)) {
      return record.get(path);
    }
    JsonNode at = record;
    Matcher m = STEP.matcher(path);
    while (m.find()) {
      if (m.group(1) != null) {
        at = at.path(m.group(1));
      } else if (m.group(2) != null) {
        at = at.path(Integer.parseInt(m.group(2)));
      } else {
        at = element(at, m.group(3), find(record, m.group(4)).asText());
      }
    }
    return at;
  }

  /** Line breaks become single spaces: a phrase is one line of a dataset file. */
  static String oneLine(String text) {
    return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
        ? text
        : text.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
  }

  private static JsonNode element(JsonNode array, String field, String wanted) {
    for (JsonNode item : array) {
      if (item.path(field).asText().equals(wanted)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }
}
