package io.modeldiff.core.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.core.space.InputSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The prefix tree against scoring every sequence by itself. */
class PrefixTreeTest {
  static Stream<Path> models() {
    return LaneCacheTest.models();
  }

  @ParameterizedTest
  @MethodSource("models")
  void enumerate_smallSpaces_equalsScoringEverySequence(Path directory) {
    try (LanguageModel model = ModelLoader.load(directory, LoadOptions.defaults())) {
      int v = model.info().vocabulary();
      int bos = model.info().bos().orElseThrow();
      int[] five = {3, 7, 20, 99, v - 2};
      check(model, new InputSpace(4, new int[] {bos}, five, v), new int[0]);
      check(model, new InputSpace(4, new int[] {bos, 40, 50}, five, v), new int[] {20});
      check(model, new InputSpace(3, new int[0], five, v), new int[0]);
      check(model, new InputSpace(3, new int[0], five, v), new int[] {7, 99});
      check(model, new InputSpace(1, new int[] {bos}, five, v), new int[0]);
      check(model, InputSpace.all(2, new int[] {bos}, v), new int[] {});
    }
  }

  private static void check(LanguageModel model, InputSpace space, int[] start) {
    int base = space.allowed().length;
    int count = (int) Math.pow(base, space.length() - start.length);
    long first = 0;
    for (int id : start) {
      first = first * base + Arrays.binarySearch(space.allowed(), id);
    }
    long begin = first * count;
    double[] tree = new double[count];
    Arrays.fill(tree, Double.NaN);
    try (PrefixTree walk = model.openTree(space)) {
      long[] next = {begin};
      walk.enumerate(
          start,
          (at, energies) -> {
            assertThat(at).isEqualTo(next[0]);
            System.arraycopy(energies, 0, tree, (int) (at - begin), energies.length);
            next[0] += energies.length;
          });
      assertThat(next[0]).isEqualTo(begin + count);
    }
    int step = Math.max(1, count / 5000);
    int[][] some = new int[(count + step - 1) / step][space.length()];
    for (int i = 0; i < some.length; i++) {
      long rank = begin + (long) i * step;
      for (int p = space.length() - 1; p >= 0; p--) {
        some[i][p] = space.allowed()[(int) (rank % base)];
        rank /= base;
      }
    }
    double[] each = model.energies(space, some);
    for (int i = 0; i < some.length; i++) {
      assertThat(tree[i * step])
          .as(space + " " + Arrays.toString(some[i]))
          .isCloseTo(each[i], within(1e-4));
    }
  }
}
