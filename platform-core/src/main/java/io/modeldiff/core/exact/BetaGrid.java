package io.modeldiff.core.exact;

import java.util.ArrayList;
import java.util.List;

/** The β's at which partition functions are tabulated: 0 to 4 in steps of 0.05. */
final class BetaGrid {
  private static final int POINTS = 81;

  private BetaGrid() {}

  static List<ExactSide.LogPartition> logZ(DensityOfStates states) {
    List<ExactSide.LogPartition> table = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      double beta = i / 20.0;
      table.add(new ExactSide.LogPartition(beta, states.logZ(beta)));
    }
    return List.copyOf(table);
  }
}
