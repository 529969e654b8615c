package io.modeldiff.replica.kernel;

import io.modeldiff.core.random.KeyedRandom;
import java.util.Arrays;

/**
 * Independent draws of whole sequences where they are exact: ancestral sampling at β=1, uniform
 * tokens at β=0. Always accepted where no bias is in force; otherwise the bias decides.
 */
public final class RefreshMove {
  private RefreshMove() {}

  /** Draws the given lanes anew; all must be at a rung where independent draws are exact. */
  public static Moved move(Lanes state, int[] lanes, MoveKey key) {
    KeyedRandom[] random = key.lanes(lanes);
    Draft draft = draw(state, lanes, random);
    double[] logRatio = new double[lanes.length];
    Arrays.setAll(logRatio, b -> state.biasGain(lanes[b], draft.energy()[b]));
    return Moved.decide(draft, logRatio, random);
  }

  /** Token-by-token draws at each lane's own β, taken whatever they are: a start, not a move. */
  public static void replace(Lanes state, int[] lanes, MoveKey key) {
    boolean[] all = new boolean[lanes.length];
    Arrays.fill(all, true);
    state.accept(draw(state, lanes, key.lanes(lanes)), all);
  }

  private static Draft draw(Lanes state, int[] lanes, KeyedRandom[] random) {
    int length = state.space().length();
    double[][] uniforms = new double[lanes.length][];
    Arrays.setAll(uniforms, b -> random[b].uniforms(length));
    return state.redraw(lanes, 0, length, uniforms);
  }
}
