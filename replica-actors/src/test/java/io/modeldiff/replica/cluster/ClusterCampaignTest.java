package io.modeldiff.replica.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.store.ChildJvm;
import io.modeldiff.core.store.StoreProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator and workers as real processes: workers die, leave and join while it samples. */
@Tag("heavy")
class ClusterCampaignTest {
  private static final String EVALUATIONS = "400000";
  private static final String SHORT = "60000";

  @TempDir Path data;

  @AfterEach
  void stopWhatIsLeft() throws InterruptedException {
    StoreProcesses.stopAll(data.resolve("coordinator"));
    StoreProcesses.stopAll(data.resolve("alone"));
  }

  private ChildJvm worker(String name, String join, String cql) {
    return ChildJvm.start(ClusterProcess.class, "worker", data.resolve(name).toString(), join, cql);
  }

  @Test
  void run_workersKilledLeavingAndJoining_isBitIdenticalToOneProcess() throws Exception {
    String clustered;
    try (ChildJvm coordinator =
        ChildJvm.start(
            ClusterProcess.class,
            "coordinator",
            data.resolve("coordinator").toString(),
            EVALUATIONS)) {
      String join = word(coordinator.awaitLine("JOIN"));
      String cql = word(coordinator.awaitLine("CQL"));
      clustered = disturbed(coordinator, join, cql);
    }
    try (ChildJvm alone =
        ChildJvm.start(CampaignProcess.class, data.resolve("alone").toString(), EVALUATIONS)) {
      assertThat(clustered).isEqualTo(alone.awaitLine("DIGEST"));
    }
  }

  @Test
  void run_oneToFourWorkerProcesses_isBitIdentical() throws Exception {
    List<String> digests = new ArrayList<>();
    for (int workers = 1; workers <= 4; workers++) {
      Path home = data.resolve("with-" + workers);
      try (ChildJvm coordinator =
          ChildJvm.start(
              ClusterProcess.class,
              "coordinator",
              home.resolve("coordinator").toString(),
              SHORT,
              Integer.toString(workers))) {
        String join = word(coordinator.awaitLine("JOIN"));
        String cql = word(coordinator.awaitLine("CQL"));
        digests.add(digest(coordinator, home, workers, join, cql));
      } finally {
        StoreProcesses.stopAll(home.resolve("coordinator"));
      }
    }
    System.out.println("Fingerprints with 1 to 4 workers: " + digests);
    assertThat(digests).hasSize(4);
    assertThat(Set.copyOf(digests)).hasSize(1);
  }

  private static String digest(
      ChildJvm coordinator, Path home, int workers, String join, String cql) throws Exception {
    List<ChildJvm> started = new ArrayList<>();
    try {
      for (int w = 0; w < workers; w++) {
        String folder = home.resolve("w" + w).toString();
        started.add(ChildJvm.start(ClusterProcess.class, "worker", folder, join, cql));
      }
      return coordinator.awaitLine("DIGEST");
    } finally {
      for (ChildJvm worker : started) {
        worker.close();
      }
    }
  }

  private String disturbed(ChildJvm coordinator, String join, String cql) throws Exception {
    try (ChildJvm first = worker("w1", join, cql);
        ChildJvm second = worker("w2", join, cql)) {
      first.awaitLine("UP");
      second.awaitLine("UP");
      progress(coordinator, 20);

      long killed = System.nanoTime();
      first.kill();
      progress(coordinator, 6);
      Duration outage = Duration.ofNanos(System.nanoTime() - killed);
      System.out.println("Rounds progress " + outage.toMillis() + " ms after kill -9 of a worker");
      assertThat(outage).isLessThan(Duration.ofSeconds(60));

      try (ChildJvm third = worker("w3", join, cql)) {
        third.awaitLine("UP");
        progress(coordinator, 6);
        long asked = System.nanoTime();
        second.terminate();
        progress(coordinator, 6);
        System.out.println(
            "Rounds progress "
                + Duration.ofNanos(System.nanoTime() - asked).toMillis()
                + " ms after SIGTERM of a worker, its end included");
        return coordinator.awaitLine("DIGEST");
      }
    }
  }

  /** Waits for published rounds that are really new. */
  private static void progress(ChildJvm coordinator, int rounds) throws IOException {
    for (int i = 0; i < rounds; i++) {
      coordinator.awaitLine("ROUND");
    }
  }

  private static String word(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }
}
