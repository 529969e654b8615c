package io.modeldiff.replica.cluster;

import static io.modeldiff.replica.cluster.WriteSide.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.KernelWeight;
import io.modeldiff.core.campaign.SamplingMethod;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.replica.campaign.CampaignRerun;
import io.modeldiff.replica.campaign.CampaignStatus;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stored campaign and a second run of its spec, with other numbers of workers and no store. */
class CampaignRerunTest {
  private static WriteSide side;

  @BeforeAll
  static void start() {
    side = WriteSide.start();
  }

  @AfterAll
  static void stop() {
    side.close();
  }

  private static String completed(CampaignSpec spec) {
    await(side.replicas.campaigns().start(spec, Cause.now("test", "run")));
    String id = CampaignSpecs.id(spec);
    var end = CampaignLifeTest.untilEnd(side, id);
    assertThat(end.status()).as(end.failure()).isEqualTo(CampaignStatus.COMPLETED);
    return id;
  }

  private static CampaignRerun.Outcome rerun(String id, int workers) {
    return new CampaignRerun(side.kit.system(), WriteSide::tables, workers)
        .run(id, WorkMonitor.silent());
  }

  @Test
  void run_pilotAdaptationAndRounds_isIdenticalWithOneToFourWorkers() {
    String id = completed(WriteSide.small(41).ladder().lanes(16).evaluations(12_000).build());
    for (int workers = 1; workers <= 4; workers++) {
      CampaignRerun.Outcome outcome = rerun(id, workers);
      assertThat(outcome.difference()).as("%s workers", workers).isNull();
      assertThat(outcome.rounds()).isGreaterThan(20);
      assertThat(outcome.replicates()).isGreaterThanOrEqualTo(16);
    }
  }

  @Test
  void run_everyMethod_isIdentical() {
    List<CampaignSpec> specs =
        List.of(
            WriteSide.small(42)
                .ladder()
                .method(SamplingMethod.SMC)
                .smcParticles(100)
                .smcReplicates(4)
                .evaluations(6000)
                .build(),
            WriteSide.small(43)
                .ladder()
                .method(SamplingMethod.WANG_LANDAU)
                .smcReplicates(4)
                .evaluations(12_000)
                .build(),
            WriteSide.small(44)
                .method(SamplingMethod.PAPER)
                .temperatures(0.1, 0.25, 1.0)
                .kernels(List.of(new KernelWeight("metropolis", 1)))
                .build());
    for (CampaignSpec spec : specs) {
      assertThat(rerun(completed(spec), 3).difference()).as("%s", spec.method()).isNull();
    }
  }

  @Test
  void run_extendedCampaign_isIdentical() {
    String id = completed(WriteSide.small(45).evaluations(500).build());
    await(side.replicas.campaigns().extend(id, 1500, null, Cause.now("test", "more")));
    CampaignLifeTest.untilEnd(side, id);
    CampaignRerun.Outcome outcome = rerun(id, 2);
    assertThat(outcome.difference()).isNull();
    assertThat(outcome.rounds()).isEqualTo(await(side.replicas.campaigns().view(id)).round());
  }

  @Test
  void run_otherModel_namesTheFirstRoundThatDiffers() {
    String id = completed(WriteSide.small(46).build());
    CampaignRerun.Outcome outcome =
        new CampaignRerun(side.kit.system(), ref -> WriteSide.tables(WriteSide.model(47)), 2)
            .run(id, WorkMonitor.silent());
    assertThat(outcome.identical()).isFalse();
    assertThat(outcome.difference()).contains("round 0 of replica 0");
  }
}
