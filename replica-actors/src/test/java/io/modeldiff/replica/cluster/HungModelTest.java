package io.modeldiff.replica.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import io.modeldiff.replica.campaign.CampaignStatus;
import io.modeldiff.replica.campaign.CampaignView;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Workers whose models hang or cannot be had. */
class HungModelTest {
  private static final String SHORT_LIMITS =
      "modeldiff.worker { call-timeout = 300ms, load-timeout = 300ms }";

  @Test
  void start_modelThatHangsOnce_runsTheRoundAgainAndCompletes() {
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    try (WriteSide side =
        WriteSide.start(
            SHORT_LIMITS,
            ref -> {
              if (loads.getAndIncrement() == 0) {
                await(never);
              }
              return WriteSide.tables(ref);
            })) {
      CampaignView end = run(side, WriteSide.small(41).evaluations(300).build());
      assertThat(end.status()).isEqualTo(CampaignStatus.COMPLETED);
      assertThat(side.replicas.models().hungCalls()).isEqualTo(1);
    } finally {
      never.countDown();
    }
  }

  @Test
  void start_modelThatAlwaysHangsOnTheOnlyWorker_failsInASentenceAndCanBeResumed() {
    CountDownLatch hangs = new CountDownLatch(1);
    try (WriteSide side =
        WriteSide.start(
            SHORT_LIMITS,
            ref -> {
              await(hangs);
              return WriteSide.tables(ref);
            })) {
      CampaignSpec spec = WriteSide.small(42).evaluations(300).build();
      CampaignView failed = run(side, spec);
      assertThat(failed.status()).isEqualTo(CampaignStatus.FAILED);
      assertThat(failed.failure()).contains("hang time after time").contains("resume");
      hangs.countDown();
      String id = CampaignSpecs.id(spec);
      WriteSide.await(side.replicas.campaigns().resume(id, Cause.now("test", "repaired")));
      assertThat(CampaignLifeTest.untilEnd(side, id).status()).isEqualTo(CampaignStatus.COMPLETED);
    }
  }

  @Test
  void start_modelThatIsMissing_failsWithTheLoadersSentence() {
    try (WriteSide side =
        WriteSide.start(
            "",
            ref -> {
              throw UserException.failed("Model " + ref.name() + " is not there.");
            })) {
      CampaignView failed = run(side, WriteSide.smallSpec(43));
      assertThat(failed.status()).isEqualTo(CampaignStatus.FAILED);
      assertThat(failed.failure()).isEqualTo("Model table-43 is not there.");
    }
  }

  private static CampaignView run(WriteSide side, CampaignSpec spec) {
    WriteSide.await(side.replicas.campaigns().start(spec, Cause.now("test", "run")));
    return CampaignLifeTest.untilEnd(side, CampaignSpecs.id(spec));
  }

  private static void await(CountDownLatch latch) {
    try {
      boolean opened = latch.await(1, TimeUnit.MINUTES);
      assertThat(opened).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
