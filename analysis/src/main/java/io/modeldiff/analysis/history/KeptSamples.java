package io.modeldiff.analysis.history;

import io.modeldiff.analysis.comparison.SampleBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The counted samples of one campaign in a fixed order (history, sequence number, lane), with their
 * tokens.
 *
 * @param batches the columns that estimators read
 * @param tokens [batch][sample][N], in the batches' order
 * @param rounds the round of each batch; for SMC the replicate's index
 */
public record KeptSamples(List<SampleBatch> batches, List<int[][]> tokens, List<Long> rounds) {

  /** Number of samples. */
  public long size() {
    return batches.stream().mapToLong(SampleBatch::size).sum();
  }

  /** Collects samples of equal origin. */
  static final class Builder {
    private final int scored;
    private final List<SampleBatch> batches = new ArrayList<>();
    private final List<int[][]> tokens = new ArrayList<>();
    private final List<Long> rounds = new ArrayList<>();

    /**
     * @param scored n, scored tokens of a sequence
     */
    Builder(int scored) {
      this.scored = scored;
    }

    /** The columns of the samples of one stored event. */
    SampleBatch batch(
        int[] lane,
        int[] rung,
        double[] energies,
        CrossEnergies.Row other,
        double[] logImportance) {
      int n = energies.length;
      float[] own = new float[n];
      float[] cross = new float[n];
      boolean[] known = new boolean[n];
      for (int i = 0; i < n; i++) {
        own[i] = (float) (energies[i] / scored);
      }
      for (int i = 0; i < other.lanes().length; i++) {
        cross[other.lanes()[i]] = (float) (other.energies()[i] / scored);
        known[other.lanes()[i]] = true;
      }
      return new SampleBatch(own, cross, known, shorts(lane), shorts(rung), logImportance);
    }

    /** Adds them. */
    void add(long round, int[][] states, SampleBatch batch) {
      batches.add(batch);
      tokens.add(states);
      rounds.add(round);
    }

    private static short[] shorts(int[] values) {
      short[] s = new short[values.length];
      for (int i = 0; i < s.length; i++) {
        s[i] = (short) values[i];
      }
      return s;
    }

    KeptSamples build() {
      return new KeptSamples(List.copyOf(batches), List.copyOf(tokens), List.copyOf(rounds));
    }
  }
}
