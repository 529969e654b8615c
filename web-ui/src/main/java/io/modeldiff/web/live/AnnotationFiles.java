package io.modeldiff.web.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.core.annotation.Adjudication;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.ItemFlag;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.live.ImportedProject.Head;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Projects as JSON lines: the project, then one line per item with all its answers. */
final class AnnotationFiles {
  private AnnotationFiles() {}

  /** A line about an item. */
  record Line(
      String kind,
      AnnotationItem item,
      List<Answer> answers,
      List<ItemFlag> flags,
      @Nullable Adjudication adjudication) {}

  static String jsonl(AnnotationProject p) {
    StringBuilder out = new StringBuilder(FileJson.write(head(p))).append('\n');
    for (ItemState i : p.items()) {
      Line line = new Line("item", i.item(), i.answers(), i.flags(), i.adjudication());
      out.append(FileJson.write(line)).append('\n');
    }
    return out.toString();
  }

  static Head head(AnnotationProject p) {
    return new Head("project", p.project(), p.defined(), p.guidelines(), p.draws());
  }

  static AnnotationProject fromJsonl(String content) {
    ImportedProject project = new ImportedProject();
    boolean first = true;
    int number = 0;
    for (String line : content.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        String kind = first ? "project" : "item";
        requireKind(FileJson.line(line, JsonNode.class, number), number, kind);
        if (first) {
          project.head(number, FileJson.line(line, Head.class, number));
        } else {
          take(project, number, FileJson.line(line, Line.class, number));
        }
        first = false;
      }
    }
    return project.project();
  }

  private static void take(ImportedProject project, int number, Line line) {
    project.item(number, line.item());
    String id = line.item().id();
    line.answers().forEach(a -> project.answer(number, id, a));
    line.flags().forEach(f -> project.flag(number, id, f));
    Adjudication review = line.adjudication();
    if (review != null) {
      project.review(number, id, review);
    }
  }

  private static void requireKind(JsonNode node, int line, String kind) {
    if (!(node instanceof ObjectNode) || !node.path("kind").asText().equals(kind)) {
      throw UserException.badInput(
          "Line " + line + " of the file must be an object whose 'kind' is '" + kind + "'.");
    }
  }
}
