package io.modeldiff.replica.swap;

import io.modeldiff.replica.ladder.Ladder;
import java.util.Arrays;

/**
 * How walkers (one per replica and lane) travel along the ladder. A restart is an arrival at the
 * far end of a walker that last visited the home end (where fresh samples come from); a round trip
 * is home, far end and home again.
 *
 * @param last [replicas][lanes]: 0 no end visited yet, 1 home visited last, 2 far end visited last,
 *     3 far end visited but never home
 * @param restarts arrivals at the far end from home
 * @param roundTrips arrivals at home from the far end, of walkers that started at home
 */
public record Traffic(int[][] last, long restarts, long roundTrips) {
  private static final int NONE = 0;
  private static final int HOME = 1;
  private static final int FAR = 2;
  private static final int FAR_UNSTARTED = 3;

  /** No traffic yet. */
  public static Traffic none(int replicas, int lanes) {
    return new Traffic(new int[replicas][lanes], 0, 0);
  }

  /** The traffic after walkers have arrived at these rungs. */
  public Traffic arrived(Ladder ladder, int[][] rungs) {
    int[][] next = new int[last.length][];
    long newRestarts = restarts;
    long newTrips = roundTrips;
    for (int r = 0; r < last.length; r++) {
      next[r] = Arrays.copyOf(last[r], last[r].length);
      for (int c = 0; c < next[r].length && ladder.size() > 1; c++) {
        int before = last[r][c];
        if (rungs[r][c] == ladder.homeEnd()) {
          newTrips += before == FAR ? 1 : 0;
          next[r][c] = HOME;
        } else if (rungs[r][c] == ladder.farEnd()) {
          newRestarts += before == HOME ? 1 : 0;
          next[r][c] = before == NONE || before == FAR_UNSTARTED ? FAR_UNSTARTED : FAR;
        }
      }
    }
    return new Traffic(next, newRestarts, newTrips);
  }
}
