package io.modeldiff.analysis.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.Histogram;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.campaign.MoveCounts;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.campaign.Swaps;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CampaignRecordTest {
  private static final CampaignSpec SPEC =
      CampaignSpecs.builder(
              new ModelRef("m", "/models/m", "00", "f32"),
              InputSpace.all(5, new int[] {0}, 11),
              new NllRange(1, 2))
          .lanes(4)
          .build();

  private final CampaignRecord.Fold fold = new CampaignRecord.Fold("c");

  private static Schedule schedule(double... betas) {
    return new Schedule(betas, new double[betas.length], new double[0], new double[1]);
  }

  private void started() {
    fold.add(new CampaignEvent.CampaignStarted("c", SPEC, null, Cause.now("anna", "a test")));
  }

  private void closed(long round, RoundPhase phase, double rejection) {
    fold.add(
        new CampaignEvent.RoundClosed(
            round,
            phase,
            new int[2][4],
            new Swaps(new int[] {4}, new int[] {2}, new double[] {rejection}),
            new Histogram(new int[0], new int[0], new int[0]),
            new double[2],
            new MoveCounts[0],
            10,
            10 * (round + 1),
            Instant.now()));
  }

  private CampaignRecord record() {
    CampaignRecord found = fold.record();
    assertThat(found).isNotNull();
    return found;
  }

  @Test
  void record_nothingStarted_isNull() {
    assertThat(fold.record()).isNull();
  }

  @Test
  void add_adaptationAndBurnIn_neverCount() {
    started();
    fold.add(
        new CampaignEvent.LadderAdapted(0, 1, schedule(0.3, 1), new double[0], 0, Instant.now()));
    closed(0, RoundPhase.ADAPTATION, 3);
    fold.add(new CampaignEvent.LadderFrozen(1, 2, schedule(0.5, 1), 30, Instant.now()));
    closed(1, RoundPhase.BURN_IN, 3);
    assertThat(record().hasCountedRounds()).isFalse();
    closed(2, RoundPhase.SAMPLING, 1);
    closed(3, RoundPhase.SAMPLING, 2);
    CampaignRecord counted = record();
    assertThat(counted.hasCountedRounds()).isTrue();
    assertThat(counted.samplingFrom()).isEqualTo(2);
    assertThat(counted.throughRound()).isEqualTo(3);
    assertThat(counted.ladder()).isEqualTo(2);
    assertThat(counted.swapsTried()).containsExactly(8);
    assertThat(counted.rejection()).containsExactly(3);
    assertThat(counted.positions()).isEqualTo(40);
  }

  @Test
  void add_completedEarlierThanLastRound_countsUpToTheEnd() {
    started();
    fold.add(new CampaignEvent.LadderFrozen(0, 1, schedule(0.5, 1), 0, Instant.now()));
    closed(0, RoundPhase.SAMPLING, 1);
    closed(1, RoundPhase.SAMPLING, 1);
    fold.add(new CampaignEvent.CampaignCompleted(StopReason.TARGET_ERROR, 0, Instant.now()));
    assertThat(record().throughRound()).isEqualTo(0);
    assertThat(record().stoppedBy()).isEqualTo(StopReason.TARGET_ERROR);
    fold.add(new CampaignEvent.CampaignExtended(400_000, null, Cause.now("anna", "more")));
    assertThat(record().stoppedBy()).isNull();
    assertThat(record().throughRound()).isEqualTo(1);
    assertThat(record().spec().evaluations()).isEqualTo(400_000);
  }

  @Test
  void rungs_flooredSchedule_leavesKnownNormalisersExact() {
    Schedule floored =
        new Schedule(
            new double[] {0, 0.5, 1, 1.5},
            new double[4],
            new double[] {2},
            new double[] {Double.NEGATIVE_INFINITY, 0});
    Rungs rungs = ComparisonAnalysis.rungs(floored, 5);
    assertThat(rungs.floorEnergy())
        .containsExactly(Double.NEGATIVE_INFINITY, 10, Double.NEGATIVE_INFINITY, 10);
    assertThat(rungs.at(1)).isEqualTo(2);
  }
}
