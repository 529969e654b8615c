package io.modeldiff.analysis.readmodel;

import java.time.Instant;

/**
 * Something that happened to a campaign besides its rounds.
 *
 * @param sequenceNr its place in the campaign's history
 * @param change the event's type, for example {@code campaign-paused}
 * @param at when it was stored
 * @param document the event as JSON
 */
public record CampaignChange(long sequenceNr, String change, Instant at, String document) {}
