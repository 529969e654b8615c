package io.modeldiff.web.live;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.work.WorkStages;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.service.JobService;
import io.modeldiff.web.service.NotFoundException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The jobs of this process, a few at a time, in the order in which they were asked for. */
final class LiveJobs implements JobService, AutoCloseable {
  private static final int THREADS = 4;

  /** Jobs that are remembered; the eldest that is over makes room. */
  private static final int KEPT = 64;

  private final Map<String, LiveJob> jobs = new LinkedHashMap<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "job");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Begins a job, or has it wait for others to end.
   *
   * @param what it does, for people
   * @param work what is done; its outcome must be a JSON value
   */
  synchronized Job start(String what, Caller who, Function<WorkStages, ?> work) {
    if (jobs.size() >= KEPT) {
      jobs.remove(eldestOver());
    }
    LiveJob job = new LiveJob(what, who.name(), work);
    jobs.put(job.id(), job);
    threads.execute(job);
    return job.state();
  }

  private String eldestOver() {
    Optional<LiveJob> over =
        jobs.values().stream().filter(j -> j.state().phase().isOver()).findFirst();
    return over.map(LiveJob::id)
        .orElseThrow(
            () ->
                UserException.failed(
                    "The platform has "
                        + KEPT
                        + " jobs to do already; ask again when some are done."));
  }

  @Override
  public Job get(String id) {
    return find(id).state();
  }

  private synchronized LiveJob find(String id) {
    LiveJob job = jobs.get(id);
    if (job == null) {
      throw new NotFoundException("job", id);
    }
    return job;
  }

  @Override
  public Job cancel(String id, Caller who) {
    LiveJob job = find(id);
    if (!job.state().by().equals(who.name())) {
      who.require(Permission.OPERATE);
    }
    job.cancel();
    return job.state();
  }

  @Override
  public synchronized void close() {
    jobs.values().forEach(LiveJob::cancel);
    threads.shutdown();
  }
}
