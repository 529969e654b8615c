package io.modeldiff.analysis.projection;

import java.time.Instant;

/**
 * An event as the journal holds it.
 *
 * @param persistenceId whose event
 * @param sequenceNr its number in that history, from 1, without gaps
 * @param at when it was written
 * @param event what happened
 */
public record Recorded<E>(String persistenceId, long sequenceNr, Instant at, E event) {}
