package io.modeldiff.core.campaign;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.serialization.CborSerializable;

/**
 * What happened to one replica. Nothing in these events depends on clocks or placement: the same
 * campaign gives the same bytes on any number of workers and after any number of crashes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ReplicaEvent.ReplicaAdvanced.class, name = "replica-advanced")
})
public sealed interface ReplicaEvent extends CborSerializable {

  /**
   * One round of one replica.
   *
   * @param round round number; the first event's may be larger than 0 when the ladder grew
   * @param ladder version of the ladder that the round ran on
   * @param rung [lane] where on that ladder the lane ran in this round
   * @param tokens [lane][N] the states after the round's moves, before its swaps
   * @param energies [lane] their E in nats per sequence, by the canonical path; never recomputed
   * @param moves what the kernels did
   * @param positions token positions evaluated
   */
  record ReplicaAdvanced(
      long round,
      int ladder,
      int[] rung,
      int[][] tokens,
      double[] energies,
      MoveCounts[] moves,
      long positions)
      implements ReplicaEvent {}
}
