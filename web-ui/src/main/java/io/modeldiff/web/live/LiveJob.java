package io.modeldiff.web.live;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.work.WorkStages;
import io.modeldiff.web.service.JobService.Failure;
import io.modeldiff.web.service.JobService.Job;
import io.modeldiff.web.service.JobService.Progress;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Phase;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job: run on one thread, looked at and cancelled from others. */
final class LiveJob implements WorkStages, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveJob.class);

  private final String id = UUID.randomUUID().toString();
  private final Instant since = Instant.now();
  private final String what;
  private final String by;
  private final Function<WorkStages, ?> work;
  private volatile boolean cancelled;
  private Phase phase = Phase.PENDING;
  private @Nullable Progress progress;
  private @Nullable Failure failure;
  private @Nullable Object result;

  LiveJob(String what, String by, Function<WorkStages, ?> work) {
    this.what = what;
    this.by = by;
    this.work = work;
  }

  String id() {
    return id;
  }

  synchronized Job state() {
    return new Job(id, what, by, since, phase, progress, failure, result);
  }

  synchronized void cancel() {
    cancelled = true;
    if (phase == Phase.PENDING) {
      phase = Phase.CANCELLED;
    }
  }

  @Override
  public void run() {
    if (!begins()) {
      return;
    }
    try {
      end(Phase.DONE, null, work.apply(this));
    } catch (RuntimeException | Error e) {
      // Whatever a cancelled job dies of, its end was wished for.
      if (cancelled) {
        end(Phase.CANCELLED, null, null);
      } else {
        end(Phase.FAILED, failure(e), null);
      }
    }
  }

  private synchronized boolean begins() {
    if (phase != Phase.PENDING) {
      return false;
    }
    phase = Phase.RUNNING;
    return true;
  }

  private synchronized void end(Phase end, @Nullable Failure why, @Nullable Object found) {
    phase = end;
    failure = why;
    result = found;
  }

  private Failure failure(Throwable e) {
    if (e instanceof UserException user) {
      return new Failure(
          String.valueOf(e.getMessage()), user.exitCode() == UserException.BAD_INPUT);
    }
    if (e instanceof NotFoundException) {
      return new Failure(String.valueOf(e.getMessage()), true);
    }
    LOG.error("the job '{}' failed", what, e);
    return new Failure("The platform failed; its log says why.", false);
  }

  @Override
  public Stage begin(String task, long total, String unit) {
    show(new Progress(task, 0, total, unit));
    return new Stage() {
      @Override
      public void done(long done) {
        show(new Progress(task, done, total, unit));
      }

      @Override
      public boolean stopRequested() {
        return cancelled;
      }

      @Override
      public void close() {}
    };
  }

  private synchronized void show(Progress now) {
    progress = now;
  }
}
