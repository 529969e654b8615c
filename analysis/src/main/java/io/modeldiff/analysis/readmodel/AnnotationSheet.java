package io.modeldiff.analysis.readmodel;

import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationEvent.ItemEvent;
import io.modeldiff.core.annotation.AnnotationEvent.ItemsDrawn;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.ItemState;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project as it is read: each row knows the event that it is at, so that rows of different ages,
 * and events that come again, give the same project. Not thread-safe.
 */
public final class AnnotationSheet {
  private static final long ITEMS_PER_EVENT = 1_000_000;

  private AnnotationProject head;
  private long headAt;
  private long reached;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Set<String> changed = new HashSet<>();
  private boolean headChanged;

  /**
   * An item's row.
   *
   * @param position orders the items
   * @param sequenceNr the last event about it
   */
  record Row(long position, long sequenceNr, ItemState state) {}

  /**
   * @param head the project without items
   * @param headAt the event that the head is at
   * @param reached everything up to this event is in the rows
   */
  AnnotationSheet(AnnotationProject head, long headAt, long reached) {
    this.head = head;
    this.headAt = headAt;
    this.reached = reached;
  }

  /** Nothing read yet. */
  public static AnnotationSheet empty(String project) {
    return new AnnotationSheet(AnnotationProject.none(project), 0, 0);
  }

  void put(Row row) {
    rows.put(row.state().item().id(), row);
  }

  /** The number of the last event that is certainly in it. */
  public long reached() {
    return reached;
  }

  /** Takes in the next event. */
  public void take(long sequenceNr, AnnotationEvent event) {
    if (event instanceof ItemEvent e) {
      Row row = rows.get(e.item());
      if (row != null && sequenceNr > row.sequenceNr()) {
        set(new Row(row.position(), sequenceNr, row.state().apply(e)));
      }
    } else {
      if (event instanceof ItemsDrawn drawn) {
        drawn(sequenceNr, drawn);
      }
      if (sequenceNr > headAt) {
        head = head.apply(event).withItems(List.of());
        headAt = sequenceNr;
        headChanged = true;
      }
    }
    reached = Math.max(reached, sequenceNr);
  }

  private void drawn(long sequenceNr, ItemsDrawn drawn) {
    int index = 0;
    for (AnnotationItem item : drawn.items()) {
      Row row = rows.get(item.id());
      long position = sequenceNr * ITEMS_PER_EVENT + index++;
      if (row == null) {
        set(new Row(position, sequenceNr, ItemState.fresh(item)));
      } else if (sequenceNr > row.sequenceNr()) {
        set(new Row(row.position(), sequenceNr, row.state().drawnAgain(item.draws())));
      }
    }
  }

  private void set(Row row) {
    put(row);
    changed.add(row.state().item().id());
  }

  /** The project with all its items in order. */
  public AnnotationProject project() {
    return head.withItems(
        rows.values().stream()
            .sorted(Comparator.comparingLong(Row::position))
            .map(Row::state)
            .toList());
  }

  /** Rows that changed since the last call. */
  List<Row> changes() {
    List<Row> now = rows.values().stream().filter(r -> changed.contains(id(r))).toList();
    changed.clear();
    return now;
  }

  private static String id(Row row) {
    return row.state().item().id();
  }

  /** The head if it changed since the last call. */
  @Nullable AnnotationProject headChange() {
    boolean was = headChanged;
    headChanged = false;
    return was ? head : null;
  }

  long headAt() {
    return headAt;
  }
}
