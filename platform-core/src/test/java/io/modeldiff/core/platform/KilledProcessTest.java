package io.modeldiff.core.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.store.ChildJvm;
import io.modeldiff.core.store.DataDirectory;
import io.modeldiff.core.store.StoreProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, killed: nothing that was acknowledged may be lost. */
@Tag("heavy")
class KilledProcessTest {
  private static final long SEED = 20261122;

  @TempDir Path data;

  @AfterEach
  void stopWhatIsLeft() throws InterruptedException {
    StoreProcesses.stopAll(data);
  }

  @Test
  void start_afterKills_keepsAllAcknowledgedStepsAndTakesTheStoreOver() throws Exception {
    Random random = new Random(SEED);
    long acknowledged = 0;
    long store = 0;
    for (Victim victim : Victim.values()) {
      try (ChildJvm process = ChildJvm.start(CountingProcess.class, data.toString())) {
        long recovered = number(process.awaitLine("RECOVERED"));
        // one step may have been stored whose acknowledgement the kill swallowed
        assertThat(recovered)
            .as("seed %d, before %s", SEED, victim)
            .isBetween(acknowledged, acknowledged + 1);
        long pid = number(process.awaitLine("STORE"));
        if (victim.storeSurvives) {
          assertThat(pid).as("the store was taken over, before %s", victim).isEqualTo(store);
        } else {
          assertThat(pid).isNotEqualTo(store);
        }
        store = pid;
        acknowledged = steps(process, recovered, 20 + random.nextInt(100));
        assertThatThrownBy(() -> DataDirectory.open(data)).hasMessageContaining("is in use");
        acknowledged = victim.kill(process, store, acknowledged);
      }
    }
    assertThat(StoreProcesses.of(data)).as("a clean stop stops the store").isEmpty();
  }

  private static long steps(ChildJvm process, long from, int count) throws IOException {
    long last = from;
    for (int i = 0; i < count; i++) {
      last = number(process.awaitLine("ACK"));
    }
    return last;
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }

  /** In this order; the flag says whether the store of the run before lives on. */
  private enum Victim {
    PROCESS(false),
    STORE(true),
    BOTH(false),
    NOTHING_BUT_A_CLEAN_STOP(false);

    private final boolean storeSurvives;

    Victim(boolean storeSurvives) {
      this.storeSurvives = storeSurvives;
    }

    long kill(ChildJvm process, long store, long acknowledged) throws Exception {
      long last = acknowledged;
      if (this == STORE) {
        StoreProcesses.kill(store);
        last = steps(process, last, 20);
        process.terminate();
      } else if (this == BOTH) {
        process.kill();
        StoreProcesses.kill(store);
      } else if (this == PROCESS) {
        process.kill();
      } else {
        process.terminate();
      }
      // what it acknowledged between our last reading and its end counts as well
      for (String line : process.rest()) {
        last = line.startsWith("ACK") ? number(line) : last;
      }
      return last;
    }
  }
}
