package io.modeldiff.analysis.projection;

import java.util.List;
import java.util.function.Supplier;

/**
 * All that is projected of one type of entities.
 *
 * @param name the name that people rebuild it by, and under which its marks are kept
 * @param type the entities' type name
 * @param tags the tags of their events
 * @param events the class of their events
 * @param models makes the read models; each tag has its own instances
 */
public record Projection<E>(
    String name,
    String type,
    List<String> tags,
    Class<E> events,
    Supplier<List<ReadModel<E>>> models) {
  public Projection {
    tags = List.copyOf(tags);
  }
}
