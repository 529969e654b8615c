package io.modeldiff.analysis.projection;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long the last events took from the journal to the read tables. Old events, which a projection
 * that was stopped or is rebuilt catches up with, do not count.
 */
public final class Lag {
  private static final int REMEMBERED = 4096;

  private final long[] millis = new long[REMEMBERED];
  private long seen;

  /** Remembers one event's. */
  synchronized void add(long lagMillis) {
    millis[(int) (seen++ % REMEMBERED)] = lagMillis;
  }

  /** How many events were seen. */
  public synchronized long events() {
    return seen;
  }

  /**
   * The lag that this share of the last {@value #REMEMBERED} events did not exceed; zero before the
   * first.
   *
   * @param share between 0 and 1
   */
  public synchronized Duration quantile(double share) {
    int n = (int) Math.min(seen, REMEMBERED);
    if (n == 0) {
      return Duration.ZERO;
    }
    long[] sorted = Arrays.copyOf(millis, n);
    Arrays.sort(sorted);
    return Duration.ofMillis(sorted[Math.min(n - 1, (int) Math.floor(share * n))]);
  }
}
