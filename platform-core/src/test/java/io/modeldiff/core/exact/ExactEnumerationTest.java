package io.modeldiff.core.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.core.toy.TinyToy;
import io.modeldiff.core.toy.ToySize;
import io.modeldiff.core.work.WorkMonitor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tree's answer against the plain one: every sequence scored by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactEnumerationTest {
  private static final int LENGTH = 4;

  private LanguageModel a;
  private LanguageModel b;

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    a =
        ModelLoader.load(
            TinyToy.write(folder.resolve("a"), ToySize.SMALL, 1), LoadOptions.defaults());
    b =
        ModelLoader.load(
            TinyToy.write(folder.resolve("b"), ToySize.SMALL, 2), new LoadOptions("cpu:1", "f32"));
  }

  @AfterAll
  void close() {
    a.close();
    b.close();
  }

  @Test
  void run_digitsBehindBos_countsWhatScoringOneByOneCounts() {
    compareWithPlain("bos", "0-9");
  }

  @Test
  void run_allTokensWithoutPrefix_countsWhatScoringOneByOneCounts() {
    compareWithPlain("none", "all");
  }

  @Test
  void counts_ofInputsInRangeAlone_areThoseOfTheWholeEnumeration() {
    for (double share : new double[] {0.05, 0.3, 0.9}) {
      InputSpace space = InputSpaces.resolve(a.info(), a.tokenizer(), LENGTH, "bos", "0-9");
      double[] sorted = Arrays.stream(a.energies(space, sequences(space))).sorted().toArray();
      double high = sorted[(int) (share * sorted.length)] / space.scored();
      ExactSpec spec = new ExactSpec(space, new NllRange(0.5 * high, high), 0, 0.02);
      ExactEnumeration enumeration = new ExactEnumeration(a, b, spec);
      ExactCounts whole = ExactCounts.of(enumeration.run(WorkMonitor.silent()));
      ExactCounts alone = enumeration.counts(WorkMonitor.silent());
      assertThat(whole.a()).isPositive();
      assertThat(whole.b()).isPositive();
      // Passes of other shapes differ in the last bits of float32.
      assertThat(alone.a()).isCloseTo(whole.a(), within(2L));
      assertThat(alone.b()).isCloseTo(whole.b(), within(2L));
      assertThat(alone.both()).isCloseTo(whole.both(), within(2L));
      assertThat(alone.pdAB()).isCloseTo(whole.pdAB(), within(2L));
      assertThat(alone.paAB()).isCloseTo(whole.paAB(), within(2L));
      assertThat(alone.paBA()).isCloseTo(whole.paBA(), within(2L));
      assertThat(alone.pdBA()).isCloseTo(whole.pdBA(), within(2L));
    }
  }

  private void compareWithPlain(String prefix, String allow) {
    InputSpace space = InputSpaces.resolve(a.info(), a.tokenizer(), LENGTH, prefix, allow);
    int[][] all = sequences(space);
    double[] eA = a.energies(space, all);
    double[] eB = b.energies(space, all);
    double[] sorted = Arrays.stream(eA).map(e -> e / space.scored()).sorted().toArray();
    NllRange range = new NllRange(sorted[sorted.length / 4], sorted[sorted.length / 2]);
    ExactSpec spec = new ExactSpec(space, range, 0.01, 0.02);
    ExactResult result = new ExactEnumeration(a, b, spec).run(WorkMonitor.silent());

    long countA = 0;
    long below = 0;
    long above = 0;
    for (int i = 0; i < all.length; i++) {
      double z = eA[i] / space.scored();
      if (range.contains(z)) {
        double d = (float) z - (double) (float) (eB[i] / space.scored());
        countA++;
        below += d < -0.01 ? 1 : 0;
        above += d > 0.01 ? 1 : 0;
      }
    }
    // The two paths differ in the last bits of float32, which moves single sequences at the edges.
    long slack = Math.max(3, all.length / 2_000);
    assertThat(result.sequences()).isEqualTo(all.length);
    assertThat(result.a().count()).isCloseTo(countA, within(slack));
    assertThat(result.pdAB()).isCloseTo(below, within(slack));
    assertThat(result.paAB()).isCloseTo(above, within(slack));
    assertThat(Arrays.stream(result.a().differences().counts()).sum())
        .isEqualTo(result.a().count());
    assertThat(Arrays.stream(result.a().rho().counts()).sum()).isEqualTo(result.a().count());
    double total = prefix.equals("none") ? space.allowed().length : 1.0;
    assertThat(result.a().totalProbability()).isCloseTo(total, within(1e-5 * total));
    assertThat(result.b().logZ().get(20).logZ()).isCloseTo(Math.log(total), within(1e-5));
    assertThat(result.a().logZ().get(0).logZ()).isCloseTo(space.logPartitionAtZero(), within(1e-9));
  }

  private static int[][] sequences(InputSpace space) {
    int size = space.allowed().length;
    int[][] all = new int[(int) Math.pow(size, LENGTH)][LENGTH];
    for (int s = 0; s < all.length; s++) {
      int rest = s;
      for (int i = LENGTH - 1; i >= 0; i--) {
        all[s][i] = space.allowed()[rest % size];
        rest /= size;
      }
    }
    return all;
  }

  @Test
  void run_stopRequested_endsEarly() {
    InputSpace space = InputSpaces.resolve(a.info(), a.tokenizer(), 8, "bos", "0-9");
    ExactSpec spec = new ExactSpec(space, new NllRange(1, 2), 0, 0.02);
    WorkMonitor stopped =
        new WorkMonitor() {
          @Override
          public void done(long done) {}

          @Override
          public boolean stopRequested() {
            return true;
          }
        };
    assertThatThrownBy(() -> new ExactEnumeration(a, b, spec).run(stopped))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void requireSmall_largeSpace_namesItsSize() {
    ExactSpec spec =
        new ExactSpec(
            InputSpaces.resolve(a.info(), a.tokenizer(), 12, "bos", "all"),
            new NllRange(1, 2),
            0,
            0.02);
    assertThatThrownBy(() -> spec.requireSmall(false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("11^12 = 3138428376721")
        .hasMessageContaining("--force");
    spec.requireSmall(true);
  }
}
