package io.modeldiff.analysis.readmodel;

import java.util.Map;

/**
 * What a document was computed from. It holds as long as the same version computes and no history
 * has gone on.
 *
 * @param version which computation made it
 * @param reached number of the last event that was read, by persistence id
 */
public record Basis(String version, Map<String, Long> reached) {
  public Basis {
    reached = Map.copyOf(reached);
  }
}
