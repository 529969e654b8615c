package io.modeldiff.replica.swap;

import io.modeldiff.replica.ladder.Ladder;

/** Which rung each lane of each replica holds when the number of rungs changes. */
public final class RungAssignment {
  private RungAssignment() {}

  /**
   * The rungs after a change of the ladder's size. Replicas that stay (the first ones) keep their
   * order along the ladder in every lane; replicas that are new take the rungs at the far end and
   * have to be started there.
   *
   * @param rungs [replicas][lanes] before the change
   * @param next the new ladder
   */
  public static int[][] resized(int[][] rungs, Ladder next) {
    int size = next.size();
    int lanes = rungs[0].length;
    int kept = Math.min(size, rungs.length);
    int offset = next.farEnd() == 0 && next.homeEnd() != 0 ? size - kept : 0;
    int[][] out = new int[size][lanes];
    for (int lane = 0; lane < lanes; lane++) {
      for (int r = 0; r < kept; r++) {
        int below = 0;
        for (int other = 0; other < kept; other++) {
          below += rungs[other][lane] < rungs[r][lane] ? 1 : 0;
        }
        out[r][lane] = below + offset;
      }
      for (int r = kept; r < size; r++) {
        out[r][lane] = offset == 0 ? r : size - 1 - r;
      }
    }
    return out;
  }
}
