package io.modeldiff.core.annotation;

import io.modeldiff.core.annotation.AnnotationEvent.GuidelinesRevised;
import io.modeldiff.core.annotation.AnnotationEvent.ItemEvent;
import io.modeldiff.core.annotation.AnnotationEvent.ItemsDrawn;
import io.modeldiff.core.annotation.AnnotationEvent.ProjectCreated;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.serialization.CborSerializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A project: its design, guidelines and items with all answers; a function of its events.
 *
 * @param project its id
 * @param design null before the first event
 * @param created who created it; null before the first event
 * @param guidelines all versions, the first one first
 * @param items in the order in which they were drawn
 * @param draws draws per stratum so far
 * @param requests ids of the requests that changed the project as a whole
 */
public record AnnotationProject(
    String project,
    @Nullable AnnotationDesign design,
    @Nullable Cause created,
    List<Guidelines> guidelines,
    List<ItemState> items,
    int draws,
    List<String> requests)
    implements CborSerializable {

  public AnnotationProject {
    guidelines = List.copyOf(guidelines);
    items = List.copyOf(items);
    requests = List.copyOf(requests);
  }

  /** Nothing happened yet. */
  public static AnnotationProject none(String project) {
    return new AnnotationProject(project, null, null, List.of(), List.of(), 0, List.of());
  }

  /** The design of a project that exists. */
  public AnnotationDesign defined() {
    if (design == null) {
      throw new IllegalStateException("project " + project + " was not created");
    }
    return design;
  }

  /** The guidelines in force. */
  public Guidelines currentGuidelines() {
    return guidelines.get(guidelines.size() - 1);
  }

  /** An item by its id; null when there is none. */
  public @Nullable ItemState find(String item) {
    int at = position(item);
    return at < 0 ? null : items.get(at);
  }

  private int position(String item) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).item().id().equals(item)) {
        return i;
      }
    }
    return -1;
  }

  /** The same with these items. */
  public AnnotationProject withItems(List<ItemState> others) {
    return new AnnotationProject(project, design, created, guidelines, others, draws, requests);
  }

  /** After one more event. */
  public AnnotationProject apply(AnnotationEvent event) {
    if (event instanceof ItemEvent e) {
      return changed(e.item(), item -> item.apply(e));
    } else if (event instanceof ItemsDrawn e) {
      return drawn(e);
    } else if (event instanceof ProjectCreated e) {
      return new AnnotationProject(
          project,
          e.design(),
          e.cause(),
          List.of(new Guidelines(1, e.guidelines(), e.cause())),
          List.of(),
          0,
          List.of(e.cause().requestId()));
    } else if (event instanceof GuidelinesRevised e) {
      List<Guidelines> all = new ArrayList<>(guidelines);
      all.add(e.guidelines());
      return with(all, items, draws, e.guidelines().cause().requestId());
    }
    return this;
  }

  private AnnotationProject changed(String id, UnaryOperator<ItemState> change) {
    int at = position(id);
    if (at < 0) {
      return this;
    }
    ItemState[] next = items.toArray(ItemState[]::new);
    next[at] = change.apply(next[at]);
    return new AnnotationProject(
        project, design, created, guidelines, List.of(next), draws, requests);
  }

  private AnnotationProject drawn(ItemsDrawn e) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      places.put(items.get(i).item().id(), i);
    }
    List<ItemState> all = new ArrayList<>(items);
    for (AnnotationItem item : e.items()) {
      Integer at = places.get(item.id());
      if (at == null) {
        places.put(item.id(), all.size());
        all.add(ItemState.fresh(item));
      } else {
        all.set(at, all.get(at).drawnAgain(item.draws()));
      }
    }
    return with(guidelines, all, draws + e.perBin(), e.cause().requestId());
  }

  private AnnotationProject with(
      List<Guidelines> newGuidelines, List<ItemState> newItems, int newDraws, String request) {
    List<String> all = new ArrayList<>(requests);
    all.add(request);
    return new AnnotationProject(project, design, created, newGuidelines, newItems, newDraws, all);
  }
}
