package io.modeldiff.core.serialization;

/**
 * Marker of everything that crosses a process border or reaches the journal: commands, replies,
 * events, snapshots. Bound to Jackson CBOR; fields that a reader does not know are skipped, so that
 * an older version can read what a newer one wrote with fields added.
 */
public interface CborSerializable {}
