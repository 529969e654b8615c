package io.modeldiff.core.campaign;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.serialization.CborSerializable;

/** What happened to one position-SMC replicate; as deterministic as {@link ReplicaEvent}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SmcEvent.SmcAdvanced.class, name = "smc-advanced"),
  @JsonSubTypes.Type(value = SmcEvent.SmcCompleted.class, name = "smc-completed")
})
public sealed interface SmcEvent extends CborSerializable {

  /**
   * The particles grew; a crash goes on from here.
   *
   * @param beta target inverse temperature
   * @param filled number of positions that every particle holds
   * @param tokens [particle][filled]
   * @param logWeights [particle] log W since the last resampling, nats
   * @param energies [particle] energy so far, nats
   * @param logZ log of the product of mean weights at the resamplings so far, nats
   * @param positions token positions evaluated so far
   */
  record SmcAdvanced(
      double beta,
      int filled,
      int[][] tokens,
      double[] logWeights,
      double[] energies,
      double logZ,
      long positions)
      implements SmcEvent {}

  /**
   * The replicate is complete.
   *
   * @param tokens [particle][N]
   * @param energies [particle] E in nats per sequence
   * @param logWeights [particle] log counting weight: particle i stands for exp(logWeights[i])
   *     inputs
   * @param logZ log of the unbiased estimate of Z(β), nats
   * @param resamplings how often the particles were resampled
   * @param positions token positions evaluated in all
   */
  record SmcCompleted(
      double beta,
      int[][] tokens,
      double[] energies,
      double[] logWeights,
      double logZ,
      int resamplings,
      long positions)
      implements SmcEvent {}
}
