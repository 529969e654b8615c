package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.PrefixTree;
import io.modeldiff.core.lm.Proposal;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory stays flat over 50,000 calls of every kind. */
@Tag("heavy")
class SoakTest {
  private static final int CALLS = Integer.getInteger("soak.calls", 50_000);
  private static final int WARM = CALLS / 5;

  /** Growth of resident memory that the allocator's own caches may explain, in bytes. */
  private static final long ALLOWED = 64L << 20;

  @Test
  void calls_manyThousands_keepMemoryFlat(@TempDir Path temp) throws IOException {
    Path directory = RandomModels.llama(temp.resolve("m"), 40, 64, 16, 2, 4, 2, 24);
    long warm = 0;
    try (TorchModel model =
        TorchModel.load(ModelDirectory.open(directory), LoadOptions.defaults())) {
      InputSpace space = InputSpace.all(8, new int[] {1}, 40);
      KeyedRandom random = KeyedRandom.of(1);
      try (LaneCache lanes = model.openLanes(space, 6)) {
        int[][] x = sequences(random, 6);
        lanes.load(x, new double[] {1});
        for (int call = 0; call < CALLS; call++) {
          if (call == WARM) {
            warm = resident();
          }
          one(model, space, lanes, random, call);
        }
      }
    }
    long grown = resident() - warm;
    assertThat(grown)
        .as("growth of resident memory in bytes over %d calls", CALLS - WARM)
        .isLessThan(ALLOWED);
  }

  private static int[][] sequences(KeyedRandom random, int count) {
    int[][] x = new int[count][8];
    for (int[] row : x) {
      Arrays.setAll(row, i -> random.below(40));
    }
    return x;
  }

  private static void one(
      TorchModel model, InputSpace space, LaneCache lanes, KeyedRandom random, int call) {
    switch (call % 50) {
      case 0 -> model.gradient(space, sequences(random, 2));
      case 1 -> model.score(List.of(sequences(random, 1)[0], new int[] {3}), 5);
      case 2 -> model.energies(space, sequences(random, 3));
      case 3 -> model.logProbabilities(new int[] {1, 2, 3});
      case 4 -> lanes.reindex(new int[] {0, 0, 2, 3, 4, 4});
      case 5 -> lanes.load(sequences(random, 6), new double[] {1, 2});
      case 6 -> tree(model);
      default -> propose(lanes, random);
    }
  }

  private static void tree(TorchModel model) {
    InputSpace small = new InputSpace(3, new int[] {1}, new int[] {2, 3, 4}, 40);
    try (PrefixTree walk = model.openTree(small)) {
      walk.enumerate(new int[0], (first, energies) -> {});
    }
  }

  private static void propose(LaneCache lanes, KeyedRandom random) {
    boolean some = random.uniform() < 0.3;
    int[] rows = some ? new int[] {1, 4} : new int[] {0, 1, 2, 3, 4, 5};
    int from = random.below(8);
    int to = from + random.below(9 - from);
    double[][] uniforms = new double[rows.length][];
    Arrays.setAll(uniforms, r -> random.uniforms(to - from));
    double[] beta = random.uniforms(rows.length);
    lanes.propose(
        new Proposal(rows, from, to, sequences(random, rows.length), beta, uniforms, true));
    boolean[] accepted = new boolean[rows.length];
    for (int r = 0; r < accepted.length; r++) {
      accepted[r] = random.uniform() < 0.5;
    }
    lanes.accept(accepted);
  }

  private static long resident() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IllegalStateException("/proc/self/status has no VmRSS");
  }
}
