package io.modeldiff.analysis.history;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.core.space.NllRange;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one stored event, in little memory; their columns, by the side that scored them,
 * once they are final. Ten million of them, with 25 tokens of a vocabulary of 50,000 each, must fit
 * into the heap that a process has by default.
 */
final class StoredSamples {
  private final long sequence;
  private final long round;
  private final int ladder;
  private final short[] rung;
  private final PackedTokens tokens;
  private final float[] z;
  private final double[] logImportance;
  // Nearly always one.
  private Map<Integer, SampleBatch> complete = Map.of();

  /**
   * @param rung [sample] where on the ladder each was drawn; empty for SMC replicates
   * @param energies [sample] nats per sequence
   * @param scored n, scored tokens of a sequence
   */
  StoredSamples(
      long sequence,
      long round,
      int ladder,
      int[] rung,
      int[][] tokens,
      double[] energies,
      int scored,
      double[] logImportance) {
    this.sequence = sequence;
    this.round = round;
    this.ladder = ladder;
    this.rung = shorts(rung);
    this.tokens = PackedTokens.of(tokens);
    this.z = perToken(energies, scored);
    this.logImportance = logImportance;
  }

  /** Energies as mean NLLs, nats per scored token. */
  static float[] perToken(double[] energies, int scored) {
    float[] z = new float[energies.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) (energies[i] / scored);
    }
    return z;
  }

  private static short[] shorts(int[] values) {
    short[] s = new short[values.length];
    for (int i = 0; i < s.length; i++) {
      s[i] = (short) values[i];
    }
    return s;
  }

  /** Sequence number of the event. */
  long sequence() {
    return sequence;
  }

  /** The round; for SMC the replicate's index. */
  long round() {
    return round;
  }

  /** Version of the ladder. */
  int ladder() {
    return ladder;
  }

  /** [sample] where on the ladder each was drawn; empty for SMC replicates. */
  short[] rung() {
    return rung;
  }

  PackedTokens tokens() {
    return tokens;
  }

  /** Number of samples. */
  int size() {
    return z.length;
  }

  /**
   * The columns that estimators read.
   *
   * @param other what side {@code scorer} said
   * @param required inside it every sample must be scored; null for none
   * @return null while one is not
   */
  @Nullable SampleBatch columns(
      int scorer,
      CrossEnergies.Row other,
      short[] lane,
      short[] rung,
      @Nullable NllRange required) {
    SampleBatch known = complete.get(scorer);
    if (known != null && isAt(known, lane, rung)) {
      return known;
    }
    SampleBatch batch = batch(other, lane, rung);
    if (required != null && !isScored(batch, required)) {
      return null;
    }
    Map<Integer, SampleBatch> more = new HashMap<>(complete);
    more.put(scorer, batch);
    complete = Map.copyOf(more);
    return batch;
  }

  private SampleBatch batch(CrossEnergies.Row other, short[] lane, short[] rung) {
    float[] cross = new float[z.length];
    boolean[] known = new boolean[z.length];
    for (int i = 0; i < other.lanes().length; i++) {
      cross[other.lanes()[i]] = other.z()[i];
      known[other.lanes()[i]] = true;
    }
    return new SampleBatch(z, cross, known, lane, rung, logImportance);
  }

  // A further β moves the places of SMC replicates among the rungs.
  private static boolean isAt(SampleBatch batch, short[] lane, short[] rung) {
    return batch.size() == 0 || (batch.lane()[0] == lane[0] && batch.rung()[0] == rung[0]);
  }

  private static boolean isScored(SampleBatch batch, NllRange z) {
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.scored()[i] && z.contains(batch.zOwn()[i])) {
        return false;
      }
    }
    return true;
  }
}
