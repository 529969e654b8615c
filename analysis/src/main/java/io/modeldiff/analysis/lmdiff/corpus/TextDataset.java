package io.modeldiff.analysis.lmdiff.corpus;

import io.modeldiff.analysis.lmdiff.corpus.Lines.Line;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * LMdiff's dataset file: YAML front matter (name, type, checksum), then one phrase a line. Runs of
 * newlines count as one, the body is stripped at both ends. A file without front matter is plain
 * text with the same rules.
 */
public final class TextDataset {
  private static final Pattern FENCE = Pattern.compile("-{3,}\\s*");
  private static final Set<String> TYPES = Set.of("human_created", "machine_generated");
  private static final int MAX_HEADER_LINES = 1000;
  private static final Pattern PLAIN_SCALAR =
      Pattern.compile("[A-Za-z][A-Za-z0-9_./+ -]*[A-Za-z0-9_]|[A-Za-z]");
  private static final Set<String> YAML_WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

  private TextDataset() {}

  static CorpusInfo read(ImportSink sink) throws IOException {
    try (Lines lines = new Lines(sink.file(), Math.max(4 * sink.options().maxChars(), 4096))) {
      Optional<Line> line = lines.next();
      while (line.isPresent() && line.get().fault().isEmpty() && line.get().text().isBlank()) {
        line = lines.next();
      }
      Map<String, String> header = new TreeMap<>();
      if (line.isPresent() && FENCE.matcher(line.get().text()).matches()) {
        header = header(sink.file(), line.get().number(), lines);
        line = lines.next();
      }
      body(sink, line, lines);
      String type = sink.options().type().orElse(header.getOrDefault("type", "human_created"));
      return sink.finish(
          sink.options().name().orElse(header.getOrDefault("name", CorpusReader.stem(sink.file()))),
          checkedType(sink.file(), type),
          Optional.ofNullable(header.get("checksum")));
    }
  }

  /**
   * Writes a dataset file as the original does: sorted header, a blank line, no newline at the end.
   */
  public static void write(Path target, String name, String type, List<String> phrases)
      throws IOException {
    CorpusHash hash = new CorpusHash();
    phrases.forEach(hash::add);
    try (Writer out = Files.newBufferedWriter(target)) {
      out.write("---\nchecksum: " + hash.hex() + "\nname: " + scalar(name) + "\ntype: " + type);
      out.write("\n---\n\n");
      for (int i = 0; i < phrases.size(); i++) {
        out.write((i == 0 ? "" : "\n") + phrases.get(i));
      }
    }
  }

  static String checkedType(Path file, String type) {
    if (!TYPES.contains(type)) {
      throw UserException.badInput(
          file + ": type '" + type + "' is not known; use human_created or machine_generated.");
    }
    return type;
  }

  private static Map<String, String> header(Path file, int opened, Lines lines) throws IOException {
    StringBuilder yaml = new StringBuilder();
    for (int n = 0; n < MAX_HEADER_LINES; n++) {
      Optional<Line> line = lines.next();
      if (line.isEmpty()) {
        break;
      }
      if (FENCE.matcher(line.get().text()).matches()) {
        return parse(file, opened, yaml.toString());
      }
      line.get()
          .fault()
          .ifPresent(
              fault -> {
                throw UserException.badInput(
                    file + " line " + line.get().number() + " (front matter) " + fault + ".");
              });
      yaml.append(line.get().text()).append('\n');
    }
    throw UserException.badInput(
        file
            + ": the front matter that line "
            + opened
            + " opens with --- is never closed by another line of ---.");
  }

  private static Map<String, String> parse(Path file, int opened, String yaml) {
    Object document;
    try {
      LoadSettings settings =
          LoadSettings.builder().setSchema(new FailsafeSchema()).setLabel(file.toString()).build();
      document = new Load(settings).loadFromString(yaml);
    } catch (MarkedYamlEngineException e) {
      int line = opened + 1 + e.getProblemMark().map(m -> m.getLine()).orElse(0);
      throw UserException.badInput(
          file + " line " + line + ": the front matter is not YAML (" + e.getProblem() + ").", e);
    } catch (YamlEngineException e) {
      throw UserException.badInput(
          file + ": the front matter is not YAML (" + e.getMessage() + ").", e);
    }
    if (!(document instanceof Map<?, ?> map)) {
      throw UserException.badInput(
          file + ": the front matter should be 'key: value' lines such as 'name: my-corpus'.");
    }
    Map<String, String> header = new TreeMap<>();
    map.forEach((key, value) -> header.put(String.valueOf(key), String.valueOf(value)));
    return header;
  }

  private static void body(ImportSink sink, Optional<Line> first, Lines lines) throws IOException {
    Deque<Line> blanks = new ArrayDeque<>();
    Optional<Line> held = Optional.empty();
    boolean started = false;
    boolean wanted = true;
    for (Optional<Line> next = first; next.isPresent() && wanted; next = lines.next()) {
      Line line = next.get();
      if (line.fault().isPresent()) {
        sink.problem(line.number(), line.fault().get());
      } else if (line.text().isBlank()) {
        if (started && !line.text().isEmpty()) {
          blanks.add(line);
        }
      } else {
        if (held.isPresent()) {
          wanted = sink.add(held.get().number(), held.get().text(), List.of());
        }
        while (wanted && !blanks.isEmpty()) {
          Line blank = blanks.remove();
          wanted = sink.add(blank.number(), blank.text(), List.of());
        }
        held =
            Optional.of(
                started
                    ? line
                    : new Line(line.number(), line.text().stripLeading(), Optional.empty()));
        started = true;
      }
    }
    if (wanted && held.isPresent()) {
      sink.add(held.get().number(), held.get().text().stripTrailing(), List.of());
    }
  }

  private static String scalar(String text) {
    boolean plain =
        PLAIN_SCALAR.matcher(text).matches()
            && !YAML_WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }
}
