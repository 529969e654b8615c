package io.modeldiff.web.live;

import io.modeldiff.core.annotation.Adjudication;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.Guidelines;
import io.modeldiff.core.annotation.ItemFlag;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A project as a file's lines tell it, one part after the other. A part that cannot be so is
 * refused with its line and field, before anything of the project exists.
 */
final class ImportedProject {
  private @Nullable Head head;
  private final Map<String, Item> items = new LinkedHashMap<>();

  /** What a file says about the project as a whole. */
  record Head(
      String kind,
      String project,
      AnnotationDesign design,
      List<Guidelines> guidelines,
      int draws) {}

  /** An item so far. */
  private static final class Item {
    final int line;
    final AnnotationItem item;
    final List<Answer> answers = new ArrayList<>();
    final List<ItemFlag> flags = new ArrayList<>();
    @Nullable Adjudication review;

    Item(int line, AnnotationItem item) {
      this.line = line;
      this.item = item;
    }

    ItemState state() {
      return new ItemState(
          item, answers, List.of(), List.of(), List.of(), flags, review, List.of());
    }
  }

  void head(int line, Head read) {
    require(head == null, line, "kind", "'project' once only", "project");
    requireText(line, "project", read.project());
    require(
        read.guidelines() != null && !read.guidelines().isEmpty(),
        line,
        "guidelines",
        "at least one version",
        read.guidelines());
    for (int i = 0; i < read.guidelines().size(); i++) {
      Guidelines version = read.guidelines().get(i);
      require(
          version.version() == i + 1,
          line,
          "guidelines[" + i + "].version",
          String.valueOf(i + 1),
          version.version());
      requireText(line, "guidelines[" + i + "].text", version.text());
      requireText(line, "guidelines[" + i + "].cause", version.cause());
    }
    long requests = read.guidelines().stream().map(g -> g.cause().requestId()).distinct().count();
    require(
        requests == read.guidelines().size(),
        line,
        "guidelines[].cause.requestId",
        "different for each version",
        "the same for two");
    head = read;
  }

  void item(int line, AnnotationItem item) {
    requireName(line, "id", item.id());
    Item known = items.get(item.id());
    if (known != null) {
      throw UserException.badInput(
          "Line " + line + " of the file: item '" + item.id() + "' is on line " + known.line + ".");
    }
    requireText(line, "text", item.text());
    require(Double.isFinite(item.zA()), line, "zA", "a finite number", item.zA());
    require(Double.isFinite(item.zB()), line, "zB", "a finite number", item.zB());
    int strata = design(line).strata().size();
    for (AnnotationItem.Draw draw : item.draws()) {
      require(
          draw.stratum() >= 0 && draw.stratum() < strata,
          line,
          "stratum",
          "0 to " + (strata - 1),
          draw.stratum());
      require(draw.count() >= 1, line, "count", "1 or more", draw.count());
    }
    items.put(item.id(), new Item(line, item));
  }

  void answer(int line, String id, Answer answer) {
    Item item = known(line, id);
    requireName(line, "by", answer.by());
    requireScore(line, answer.score());
    requireText(line, "comment", answer.comment());
    requireName(line, "requestId", answer.requestId());
    requireText(line, "at", answer.at());
    int versions = head == null ? 0 : head.guidelines().size();
    require(
        answer.guidelines() >= 1 && answer.guidelines() <= versions,
        line,
        "guidelines",
        "a version from 1 to " + versions,
        answer.guidelines());
    require(
        item.answers.stream().noneMatch(a -> a.by().equals(answer.by())),
        line,
        "by",
        "somebody whose answer to item '" + id + "' is not there yet",
        answer.by());
    item.answers.add(answer);
    int overlap = design(line).overlap();
    require(
        item.answers.stream().filter(Answer::counted).count() <= overlap,
        line,
        "counted",
        "true for at most " + overlap + " answers to item '" + id + "' (the overlap)",
        answer.counted());
  }

  void flag(int line, String id, ItemFlag flag) {
    requireName(line, "by", flag.by());
    requireText(line, "comment", flag.comment());
    requireText(line, "at", flag.at());
    known(line, id).flags.add(flag);
  }

  void review(int line, String id, Adjudication review) {
    requireName(line, "by", review.by());
    requireScore(line, review.score());
    requireText(line, "comment", review.comment());
    requireName(line, "requestId", review.requestId());
    requireText(line, "at", review.at());
    Item item = known(line, id);
    require(item.review == null, line, "item", "reviewed once only", id);
    item.review = review;
  }

  /** The whole project. */
  AnnotationProject project() {
    Head known = head;
    if (known == null) {
      throw UserException.badInput(
          "The file has no project: its first line must be the one that an export begins with.");
    }
    return new AnnotationProject(
        known.project(),
        known.design(),
        known.guidelines().get(0).cause(),
        known.guidelines(),
        items.values().stream().map(Item::state).toList(),
        known.draws(),
        List.of());
  }

  private AnnotationDesign design(int line) {
    Head known = head;
    if (known == null) {
      throw UserException.badInput(
          "Line " + line + " of the file: the project must come before its items.");
    }
    return known.design();
  }

  private Item known(int line, String id) {
    Item item = items.get(id);
    if (item == null) {
      throw UserException.badInput(
          "Line "
              + line
              + " of the file: 'item' must be one of a line above, but was '"
              + id
              + "'.");
    }
    return item;
  }

  private void requireScore(int line, @Nullable Double score) {
    AnnotationDesign design = design(line);
    require(score == null || design.allows(score), line, "score", design.scaleWords(), score);
  }

  private static void requireName(int line, String field, @Nullable String value) {
    require(value != null && !value.isBlank(), line, field, "a name", value);
  }

  private static void requireText(int line, String field, @Nullable Object value) {
    require(value != null, line, field, "there", value);
  }

  private static void require(
      boolean holds, int line, String field, String expected, @Nullable Object was) {
    if (!holds) {
      throw UserException.badInput(
          "Line "
              + line
              + " of the file: '"
              + field
              + "' must be "
              + expected
              + ", but was "
              + was
              + ".");
    }
  }
}
