package io.modeldiff.replica.kernel;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.schedule.Schedule;
import java.util.Arrays;

/** Transitions of a real kernel, counted from every start state. */
final class TransitionCounts {
  private TransitionCounts() {}

  /** One z-score per start state: how far the counted transitions are from the expected ones. */
  static double[] scores(
      Kernel kernel,
      LanguageModel model,
      InputSpace space,
      Schedule schedule,
      int rung,
      TransitionOracle oracle,
      double[][] p,
      int moves,
      long seed) {
    int size = oracle.states.size();
    long[][] counts = new long[size][size];
    int[] every = new int[size];
    int[] rungs = new int[size];
    Arrays.setAll(every, s -> s);
    Arrays.fill(rungs, rung);
    int[][] start = oracle.states.toArray(int[][]::new);
    try (Lanes lanes = new Lanes(model, space, size, schedule)) {
      for (int move = 0; move < moves; move++) {
        lanes.load(start, schedule);
        lanes.place(rungs, kernel.needsNormalizers());
        kernel.move(lanes, every, new MoveKey(seed, 0, 1, move));
        for (int s = 0; s < size; s++) {
          counts[s][index(space, lanes.sequence(s))]++;
        }
      }
    }
    double[] scores = new double[size];
    for (int s = 0; s < size; s++) {
      scores[s] = oracle.pi[s] == 0 ? 0 : ChiSquare.score(counts[s], p[s]);
    }
    return scores;
  }

  private static int index(InputSpace space, int[] x) {
    int index = 0;
    for (int token : x) {
      index = index * space.allowed().length + Arrays.binarySearch(space.allowed(), token);
    }
    return index;
  }
}
