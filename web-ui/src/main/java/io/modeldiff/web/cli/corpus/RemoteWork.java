package io.modeldiff.web.cli.corpus;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.work.WorkStages;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.service.JobService.Failure;
import io.modeldiff.web.service.JobService.Job;
import io.modeldiff.web.service.JobService.Progress;
import io.modeldiff.web.service.Phase;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A running platform's work for a command, shown on the console while it goes. */
final class RemoteWork {
  private static final long FIRST_LOOK_MILLIS = 20;
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Console console;
  private final RemoteControl platform;

  RemoteWork(Console console, RemoteControl platform) {
    this.console = console;
    this.platform = platform;
  }

  /**
   * Waits for a job; Ctrl-C ends it there.
   *
   * @param type what it finds
   */
  <T> T await(Job begun, Class<T> type) {
    try (Display display = new Display()) {
      Job job = begun;
      long pause = FIRST_LOOK_MILLIS;
      while (!job.phase().isOver()) {
        if (console.stop().requested()) {
          platform.cancel(job);
          throw new CancellationException("Stopped on request.");
        }
        Thread.sleep(pause);
        pause = Math.min(LOOK_EVERY_MILLIS, 2 * pause);
        job = platform.job(job);
        display.show(job.progress());
      }
      if (job.phase() == Phase.DONE) {
        display.finish();
      }
      return result(job, type);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Stopped on request.");
    }
  }

  private <T> T result(Job job, Class<T> type) {
    Failure failure = job.failure();
    if (failure != null) {
      throw failure.badInput()
          ? UserException.badInput(failure.sentence())
          : UserException.failed(failure.sentence());
    }
    if (job.phase() == Phase.CANCELLED) {
      throw UserException.failed("'" + job.what() + "' was cancelled on the platform.");
    }
    return platform.result(job, type);
  }

  /** Shows one piece of the work after the other. */
  private final class Display implements AutoCloseable {
    private @Nullable Progress shown;
    private WorkStages.@Nullable Stage stage;

    void show(@Nullable Progress progress) {
      if (progress == null) {
        return;
      }
      if (shown == null || !progress.task().equals(shown.task())) {
        finish();
        close();
        stage = console.progress(progress.task(), progress.total(), progress.unit());
      }
      shown = progress;
      Objects.requireNonNull(stage).done(progress.done());
    }

    /** The end of a piece falls between two looks. */
    void finish() {
      if (stage != null && shown != null) {
        stage.done(shown.total());
      }
    }

    @Override
    public void close() {
      if (stage != null) {
        stage.close();
      }
    }
  }
}
