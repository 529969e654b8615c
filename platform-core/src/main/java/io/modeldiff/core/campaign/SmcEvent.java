package io.modeldiff.core.campaign;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.serialization.CborSerializable;

/** What happened to one position-SMC replicate; as deterministic as {@link ReplicaEvent}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = SmcEvent.SmcCompleted.class, name = "smc-completed")})
public sealed interface SmcEvent extends CborSerializable {

  /**
   * The replicate is complete. Particle i stands for exp(logZ + logWeights[i] + β·energies[i])
   * inputs.
   *
   * @param beta target inverse temperature
   * @param replicate its number within the population that ran at this β
   * @param tokens [particle][N]
   * @param energies [particle] E in nats per sequence, from the particle's own generation pass
   * @param logWeights [particle] log of the normalised weights W, Σ W = 1
   * @param logZ log of the unbiased estimate of Z(β), nats
   * @param resamplings how often the particles were resampled
   * @param positions token positions evaluated
   */
  record SmcCompleted(
      double beta,
      int replicate,
      int[][] tokens,
      double[] energies,
      double[] logWeights,
      double logZ,
      int resamplings,
      long positions)
      implements SmcEvent {}
}
