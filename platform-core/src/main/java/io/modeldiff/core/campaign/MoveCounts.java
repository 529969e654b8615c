package io.modeldiff.core.campaign;

import io.modeldiff.core.serialization.CborSerializable;

/**
 * What one kernel did in one replica and round, per rung that the replica's lanes ran at.
 *
 * @param kernel its name
 * @param rung rungs concerned, ascending
 * @param proposed moves tried at that rung, over all lanes
 * @param accepted moves accepted
 */
public record MoveCounts(String kernel, int[] rung, int[] proposed, int[] accepted)
    implements CborSerializable {}
