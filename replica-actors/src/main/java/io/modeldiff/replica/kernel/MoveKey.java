package io.modeldiff.replica.kernel;

import io.modeldiff.core.random.KeyedRandom;

/**
 * Where the randomness of one move comes from: the campaign's seed, the replica, the round and the
 * move within it.
 */
public record MoveKey(long seed, int replica, long round, int move) {
  private static final long SHARED = 1;
  private static final long LANE = 2;

  /** Choices that all lanes of the move share, such as the cut. */
  public KeyedRandom shared() {
    return KeyedRandom.of(seed, SHARED, replica, round, move);
  }

  /** A lane's own randomness. */
  public KeyedRandom lane(int lane) {
    return KeyedRandom.of(seed, LANE, replica, round, move, lane);
  }

  /** One generator per lane. */
  KeyedRandom[] lanes(int[] lanes) {
    KeyedRandom[] all = new KeyedRandom[lanes.length];
    for (int b = 0; b < all.length; b++) {
      all[b] = lane(lanes[b]);
    }
    return all;
  }
}
