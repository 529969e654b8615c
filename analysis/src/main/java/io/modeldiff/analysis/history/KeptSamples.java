package io.modeldiff.analysis.history;

import io.modeldiff.analysis.comparison.SampleBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The counted samples of one campaign in a fixed order (history, sequence number, lane), with their
 * tokens.
 *
 * @param batches the columns that estimators read
 * @param tokens those of each batch's samples, in the batches' order
 * @param rounds the round of each batch; for SMC the replicate's index
 */
public record KeptSamples(List<SampleBatch> batches, List<PackedTokens> tokens, List<Long> rounds) {

  /** Number of samples. */
  public long size() {
    return batches.stream().mapToLong(SampleBatch::size).sum();
  }

  /** Collects samples of equal origin. */
  static final class Builder {
    private final List<SampleBatch> batches = new ArrayList<>();
    private final List<PackedTokens> tokens = new ArrayList<>();
    private final List<Long> rounds = new ArrayList<>();

    /** Adds the samples of one stored event. */
    void add(long round, PackedTokens states, SampleBatch batch) {
      batches.add(batch);
      tokens.add(states);
      rounds.add(round);
    }

    KeptSamples build() {
      return new KeptSamples(List.copyOf(batches), List.copyOf(tokens), List.copyOf(rounds));
    }
  }
}
