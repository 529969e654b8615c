package io.modeldiff.core.work;

/** Where work of several pieces shows each of them while it goes. */
@FunctionalInterface
public interface WorkStages {
  /**
   * Begins to show one piece.
   *
   * @param task what is going on, e.g. {@code Comparing}
   * @param total number of units
   * @param unit what is counted, e.g. {@code phrases}
   */
  Stage begin(String task, long total, String unit);

  /** Shows nothing and never stops. */
  static WorkStages silent() {
    return (task, total, unit) ->
        new Stage() {
          @Override
          public void done(long done) {}

          @Override
          public boolean stopRequested() {
            return false;
          }

          @Override
          public void close() {}
        };
  }

  /** One piece; closing it ends its display. */
  interface Stage extends WorkMonitor, AutoCloseable {
    @Override
    void close();
  }
}
