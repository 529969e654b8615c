package io.modeldiff.web.compare;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.store.StoreHealth;
import io.modeldiff.core.work.WorkMonitor;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asking again what could not be answered because the store was away: nothing was lost, and the
 * work goes on by itself when the store is back.
 */
final class StorePatience {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** After the store is back, actors and drivers need a moment; failing for longer is a failure. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(60);

  private final StoreHealth store;
  private final WorkMonitor monitor;
  private final Consumer<String> say;

  /**
   * Patience.
   *
   * @param say told in a sentence that the store is waited for, once for each time
   */
  StorePatience(StoreHealth store, WorkMonitor monitor, Consumer<String> say) {
    this.store = store;
    this.monitor = monitor;
    this.say = say;
  }

  /** Does the work, again and again for as long as the store is away. */
  <T> T until(Supplier<T> work) throws InterruptedException {
    long giveUp = Long.MAX_VALUE;
    String said = "";
    while (true) {
      try {
        return work.get();
      } catch (CancellationException e) {
        throw e;
      } catch (RuntimeException e) {
        if (refused(e)) {
          throw e;
        }
        boolean up = store.status().isUp();
        if (!up && !store.status().sentence().equals(said)) {
          said = store.status().sentence();
          say.accept(said);
        }
        giveUp =
            !up
                ? Long.MAX_VALUE
                : giveUp == Long.MAX_VALUE ? System.nanoTime() + AFTERWARDS.toNanos() : giveUp;
        if (giveUp != Long.MAX_VALUE && System.nanoTime() - giveUp > 0) {
          throw e;
        }
      }
      if (monitor.stopRequested()) {
        throw new CancellationException("stopped");
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private static boolean refused(RuntimeException e) {
    return e instanceof UserException user && user.exitCode() == UserException.BAD_INPUT;
  }
}
