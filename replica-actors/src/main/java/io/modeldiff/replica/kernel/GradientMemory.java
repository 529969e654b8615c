package io.modeldiff.replica.kernel;

/**
 * Keeps the gradient at an accepted sequence, which the next move would otherwise compute again.
 */
final class GradientMemory {
  private GradientMemory() {}

  static void keep(Lanes state, Moved moved, float[][][] there) {
    for (int b = 0; b < there.length; b++) {
      if (moved.accepted()[b]) {
        state.rememberGradient(moved.lanes()[b], there[b]);
      }
    }
  }
}
