package io.modeldiff.analysis.readmodel;

import java.time.Instant;

/**
 * Something that is known by name.
 *
 * @param kind {@code model}, {@code corpus}, {@code campaign} or {@code comparison}
 * @param name its name or id
 * @param at when it was registered
 * @param document the event that registered it, as JSON
 */
public record Registration(String kind, String name, Instant at, String document) {}
