package io.modeldiff.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.work.WorkStages;
import io.modeldiff.web.access.AccessDeniedException;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.service.JobService.Failure;
import io.modeldiff.web.service.JobService.Job;
import io.modeldiff.web.service.JobService.Progress;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that people look at now and then. */
class LiveJobsTest {
  private static final Caller ADA = new Caller("ada", Role.VIEWER);
  private static final Caller BEN = new Caller("ben", Role.VIEWER);

  private final LiveJobs jobs = new LiveJobs();

  @AfterEach
  void close() {
    jobs.close();
  }

  private Job until(Job job, Predicate<Job> wanted) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(10));
    Job now = jobs.get(job.id());
    while (!wanted.test(now)) {
      assertThat(Instant.now()).as("%s", now).isBefore(end);
      Thread.sleep(5);
      now = jobs.get(job.id());
    }
    return now;
  }

  private Job over(Job job) throws InterruptedException {
    return until(job, j -> j.phase().isOver());
  }

  @Test
  void job_tellsItsProgressAndItsResult() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    Job job =
        jobs.start(
            "counting",
            ADA,
            stages -> {
              try (WorkStages.Stage stage = stages.begin("Counting", 3, "sheep")) {
                stage.done(2);
                seen.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return "slept";
            });
    Progress progress = new Progress("Counting", 2, 3, "sheep");
    assertThat(until(job, j -> progress.equals(j.progress())).phase()).isEqualTo(Phase.RUNNING);
    seen.countDown();
    assertThat(over(job).result()).isEqualTo("slept");
    assertThat(over(job).phase()).isEqualTo(Phase.DONE);
    assertThat(job.by()).isEqualTo("ada");
  }

  @Test
  void failure_saysWhetherAskingAgainIsInVain() throws Exception {
    assertThat(over(failing(UserException.badInput("No."))).failure())
        .isEqualTo(new Failure("No.", true));
    assertThat(over(failing(UserException.failed("Not now."))).failure())
        .isEqualTo(new Failure("Not now.", false));
    assertThat(over(failing(new IllegalStateException("secret"))).failure())
        .isEqualTo(new Failure("The platform failed; its log says why.", false));
  }

  private Job failing(RuntimeException why) {
    return jobs.start(
        "failing",
        ADA,
        stages -> {
          throw why;
        });
  }

  private Job endless() {
    return jobs.start(
        "endless",
        ADA,
        stages -> {
          try (WorkStages.Stage stage = stages.begin("Waiting", 1, "days")) {
            while (!stage.stopRequested()) {
              Thread.onSpinWait();
            }
            stage.checkStop();
          }
          return "never";
        });
  }

  @Test
  void cancel_endsARunningJobAndOneThatWaits_forItsOwnerAndThoseWhoOperate() throws Exception {
    Job first = endless();
    until(first, j -> j.phase() == Phase.RUNNING);
    assertThatThrownBy(() -> jobs.cancel(first.id(), BEN))
        .isInstanceOf(AccessDeniedException.class);
    jobs.cancel(first.id(), ADA);
    assertThat(over(first).phase()).isEqualTo(Phase.CANCELLED);
    Job[] more = {endless(), endless(), endless(), endless(), endless()};
    assertThat(jobs.cancel(more[4].id(), Caller.local()).phase()).isEqualTo(Phase.CANCELLED);
    for (Job job : more) {
      jobs.cancel(job.id(), Caller.local());
      assertThat(over(job).phase()).isEqualTo(Phase.CANCELLED);
    }
  }

  @Test
  void eldestJobThatIsOver_isForgotten() throws Exception {
    Job first = over(jobs.start("quick", ADA, stages -> 1));
    for (int i = 0; i < 64; i++) {
      over(jobs.start("quick", ADA, stages -> 1));
    }
    assertThatThrownBy(() -> jobs.get(first.id())).isInstanceOf(NotFoundException.class);
  }
}
