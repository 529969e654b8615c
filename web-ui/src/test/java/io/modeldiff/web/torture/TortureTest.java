package io.modeldiff.web.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.lm.ModelDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of real processes under a seeded schedule of faults; {@code modeldiff torture}. */
class TortureTest {
  private static final long SEED = 20261122;

  /** Deals kill -9 of the coordinator and of a worker, and a pause of Cassandra. */
  private static final long SHORT_SEED = 48;

  @TempDir Path folder;

  @Test
  void draw_asManyFaultsAsKinds_dealsEveryKindOnceInOrderOfTime() {
    List<FaultSchedule.Strike> strikes = FaultSchedule.draw(SEED, Fault.values().length);
    Set<Fault> kinds = EnumSet.noneOf(Fault.class);
    strikes.forEach(s -> kinds.add(s.fault()));
    assertThat(kinds).hasSize(Fault.values().length);
    assertThat(strikes).extracting(FaultSchedule.Strike::at).isSorted();
    assertThat(FaultSchedule.draw(SEED, 8)).isEqualTo(strikes);
    assertThat(FaultSchedule.draw(SEED + 1, 8)).isNotEqualTo(strikes);
  }

  @Test
  void cluster_afterThreeFaults_lostNothingAndComputedTheSame() throws Exception {
    assertHolds(SHORT_SEED, 3, 8_000, Duration.ofMinutes(6));
  }

  @Test
  @Tag("heavy")
  void cluster_afterThirtyFaults_lostNothingAndComputedTheSame() throws Exception {
    assertHolds(SEED, 30, 63_000, Duration.ofMinutes(60));
  }

  private void assertHolds(long seed, int faults, long evaluations, Duration patience)
      throws Exception {
    TortureReport report =
        new Torture(
                folder,
                model("small-toy"),
                model("large-toy"),
                seed,
                faults,
                evaluations,
                patience,
                System.out::println,
                () -> false)
            .run();
    assertThat(report.holds()).as("%s", report).isTrue();
    assertThat(report.faults()).as("%s", report).isEqualTo(faults);
  }

  private static ModelDirectory model(String name) {
    return ModelDirectory.open(Path.of("..", "models", name).toAbsolutePath().normalize());
  }
}
