package io.modeldiff.core.work;

import java.util.concurrent.CancellationException;

/**
 * Where long work reports how far it is, and from which it learns that it should stop.
 * Implementations accept calls from several threads.
 */
public interface WorkMonitor {
  /** Reports that {@code done} of the work's units are finished; never more often than is cheap. */
  void done(long done);

  /** Whether the person or the program that started the work wants it to end now. */
  boolean stopRequested();

  /**
   * Ends the work at a safe point when a stop was requested.
   *
   * @throws CancellationException when {@link #stopRequested}
   */
  default void checkStop() {
    if (stopRequested()) {
      throw new CancellationException("Stopped on request.");
    }
  }

  /** A monitor that shows nothing and never stops. */
  static WorkMonitor silent() {
    return new WorkMonitor() {
      @Override
      public void done(long done) {}

      @Override
      public boolean stopRequested() {
        return false;
      }
    };
  }
}
