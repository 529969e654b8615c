package io.modeldiff.replica.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.store.ChildJvm;
import io.modeldiff.core.store.StoreProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes on real stores, killed with -9 at random moments and started again: the campaign
 * goes on where it was, and everything it computed is the same to the last bit as without kills.
 */
class KilledCampaignTest {
  private static final long SEED = 20261122;

  @TempDir Path calm;
  @TempDir Path stormy;

  /** What dies. */
  private enum Victim {
    PROCESS,
    STORE,
    BOTH
  }

  @AfterEach
  void stopWhatIsLeft() throws InterruptedException {
    StoreProcesses.stopAll(calm);
    StoreProcesses.stopAll(stormy);
  }

  @Test
  void rerun_afterAKillOfEachKind_isBitIdentical() throws Exception {
    compare(List.of(Victim.PROCESS, Victim.STORE, Victim.BOTH), SEED, 30_000);
  }

  @Test
  @Tag("heavy")
  void rerun_afterTenKillsOfTheProcess_isBitIdentical() throws Exception {
    compare(Collections.nCopies(10, Victim.PROCESS), SEED + 1, 200_000);
  }

  @Test
  @Tag("heavy")
  void rerun_afterTenKillsOfTheStore_isBitIdentical() throws Exception {
    compare(Collections.nCopies(10, Victim.STORE), SEED + 2, 200_000);
  }

  @Test
  @Tag("heavy")
  void rerun_afterTenKillsOfBoth_isBitIdentical() throws Exception {
    compare(Collections.nCopies(10, Victim.BOTH), SEED + 3, 200_000);
  }

  private void compare(List<Victim> victims, long seed, long evaluations) throws Exception {
    Random random = new Random(seed);
    Deque<Victim> left = new ArrayDeque<>(victims);
    long last = 0;
    String survived = "";
    while (survived.isEmpty()) {
      try (ChildJvm process = start(stormy, evaluations)) {
        boolean alive = true;
        while (alive && !left.isEmpty()) {
          Victim victim = left.remove();
          last = roundsFrom(process, last, 1 + random.nextInt(6));
          kill(victim, process);
          alive = victim == Victim.STORE;
        }
        survived = alive ? process.awaitLine("DIGEST") : "";
      }
    }
    assertThat(survived).as("seed %d", seed).isEqualTo(undisturbed(evaluations));
  }

  private static ChildJvm start(Path data, long evaluations) {
    return ChildJvm.start(CampaignProcess.class, data.toString(), Long.toString(evaluations));
  }

  private void kill(Victim victim, ChildJvm process) throws Exception {
    if (victim != Victim.STORE) {
      process.kill();
    }
    if (victim != Victim.PROCESS) {
      for (long store : StoreProcesses.of(stormy)) {
        StoreProcesses.kill(store);
      }
    }
  }

  private String undisturbed(long evaluations) throws Exception {
    try (ChildJvm process = start(calm, evaluations)) {
      return process.awaitLine("DIGEST");
    }
  }

  /** Waits for some more published rounds; returns the last one seen. */
  private static long roundsFrom(ChildJvm process, long before, int more) throws IOException {
    long seen = number(process.awaitLine("ROUND"));
    assertThat(seen).as("the campaign goes on where it was").isGreaterThanOrEqualTo(before);
    for (int i = 0; i < more; i++) {
      seen = number(process.awaitLine("ROUND"));
    }
    return seen;
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }
}
