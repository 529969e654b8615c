package io.modeldiff.core.comparison;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;

/** What happened to a comparison. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ComparisonEvent.ComparisonStarted.class, name = "comparison-started"),
  @JsonSubTypes.Type(value = ComparisonEvent.CrossScored.class, name = "cross-scored"),
  @JsonSubTypes.Type(
      value = ComparisonEvent.ComparisonCompleted.class,
      name = "comparison-completed"),
  @JsonSubTypes.Type(
      value = ComparisonEvent.ComparisonReopened.class,
      name = "comparison-reopened"),
  @JsonSubTypes.Type(value = ComparisonEvent.ComparisonFailed.class, name = "comparison-failed")
})
public sealed interface ComparisonEvent extends CborSerializable {

  /** The comparison exists. */
  record ComparisonStarted(String comparison, ComparisonSpec spec, Cause cause)
      implements ComparisonEvent {}

  /**
   * Another model's energies of a stretch of one sampler's history. They are never recomputed.
   * Stretches of one history are stored in order and without gaps; those of different histories in
   * any order.
   *
   * @param side index of the side whose samples were scored
   * @param scorer index of the side whose model scored them
   * @param history persistence id of the sampler (a replica or an SMC replicate)
   * @param fromSequence first sequence number covered
   * @param toSequence last sequence number covered
   * @param fromRound first round covered; 0 for an SMC replicate
   * @param toRound round after the last one covered; 1 for an SMC replicate
   * @param sequence [i] sequence number of the event that holds the sample
   * @param lane [i] lane (or particle) within that event; entries ascend by sequence, then lane
   * @param energies [i] E under the scorer, nats per sequence
   * @param positions token positions evaluated
   */
  record CrossScored(
      int side,
      int scorer,
      String history,
      long fromSequence,
      long toSequence,
      long fromRound,
      long toRound,
      long[] sequence,
      int[] lane,
      double[] energies,
      long positions)
      implements ComparisonEvent {}

  /** Every counted sample of every side is scored, and the campaigns are done. */
  record ComparisonCompleted(long crossPositions, Instant at) implements ComparisonEvent {}

  /** A campaign was extended or resumed: there is more to score. */
  record ComparisonReopened(Instant at) implements ComparisonEvent {}

  /** Cannot go on until somebody acts; the sentence says what to do. */
  record ComparisonFailed(String sentence, Instant at) implements ComparisonEvent {}
}
