package io.modeldiff.core.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cache against an independent recomputation: a plain forward pass over the full vocabulary,
 * renormalised, tempered and inverted here in double precision.
 */
class LaneCacheTest {
  private static final double TOLERANCE = 1e-4;
  private static final double[] BETAS = {0, 0.5, 1, 1.7, 40};

  static Stream<Path> models() {
    return Stream.of(
            "reference/gpt2",
            "reference/llama",
            "architectures/mistral-window",
            "architectures/mistral-narrow",
            "architectures/qwen2-window",
            "architectures/gpt-neox",
            "architectures/gemma")
        .map(References::resource);
  }

  /** Spaces with one prefix token, several, none; all tokens allowed or a few. */
  private static InputSpace[] spaces(LanguageModel model) {
    int v = model.info().vocabulary();
    int bos = model.info().bos().orElseThrow();
    int[] few = {3, 7, 8, 20, 21, 22, 99, 100, 101, v - 2};
    return new InputSpace[] {
      new InputSpace(6, new int[] {bos}, few, v),
      InputSpace.all(5, new int[] {bos, 40, 50, 60}, v),
      new InputSpace(7, new int[0], few, v),
      InputSpace.all(4, new int[0], v),
    };
  }

  @ParameterizedTest
  @MethodSource("models")
  void randomCalls_everySpace_equalRecomputation(Path directory) {
    long seed = 20261122;
    try (LanguageModel model = ModelLoader.load(directory, LoadOptions.defaults())) {
      for (InputSpace space : spaces(model)) {
        for (int lanes : new int[] {1, 5}) {
          new Walk(model, space, lanes, seed).run();
        }
      }
    }
  }

  /** A random series of calls beside a plain record of what every lane must hold. */
  private static final class Walk {
    private final LanguageModel model;
    private final InputSpace space;
    private final int lanes;
    private final KeyedRandom random;
    private final String what;
    private int[][] state;

    Walk(LanguageModel model, InputSpace space, int lanes, long seed) {
      this.model = model;
      this.space = space;
      this.lanes = lanes;
      this.random = KeyedRandom.of(seed, lanes, space.hashCode());
      this.what = model.info().name() + " " + space + " lanes=" + lanes + " seed=" + seed;
      this.state = sequences(lanes);
    }

    private int[][] sequences(int count) {
      int[][] s = new int[count][space.length()];
      for (int[] row : s) {
        Arrays.setAll(row, i -> space.allowed()[random.below(space.allowed().length)]);
      }
      return s;
    }

    void run() {
      try (LaneCache cache = model.openLanes(space, lanes)) {
        check(cache.load(state, BETAS), 0, r -> BETAS);
        for (int move = 0; move < 12; move++) {
          proposeSome(cache);
          if (move == 5) {
            reindex(cache);
          }
        }
        grow(cache);
        proposeSome(cache);
        proposeSome(cache);
        choose(cache);
        proposeSome(cache);
      }
    }

    private void proposeSome(LaneCache cache) {
      int[] some =
          java.util.stream.IntStream.range(0, lanes)
              .filter(l -> lanes == 1 || random.uniform() < 0.7)
              .toArray();
      if (some.length == 0) {
        return;
      }
      int from = random.below(space.length());
      int to = from + random.below(space.length() - from + 1);
      int[][] candidate = sequences(some.length);
      double[] beta = random.uniforms(some.length);
      double[][] uniforms = new double[some.length][];
      Arrays.setAll(uniforms, r -> random.uniforms(to - from));
      Conditionals c = cache.propose(new Proposal(some, from, to, candidate, beta, uniforms, true));
      boolean[] accepted = new boolean[some.length];
      for (int r = 0; r < some.length; r++) {
        int[] proposed = c.tokens()[r];
        assertThat(Arrays.copyOf(proposed, from)).isEqualTo(Arrays.copyOf(state[some[r]], from));
        for (int i = to; i < space.length(); i++) {
          assertThat(proposed[i]).as(what).isEqualTo(candidate[r][i]);
        }
        for (int i = from; i < to; i++) {
          checkDraw(proposed, i, beta[r], uniforms[r][i - from]);
        }
        accepted[r] = random.uniform() < 0.6;
        if (accepted[r]) {
          state[some[r]] = proposed;
        }
      }
      check(c, from, r -> new double[] {beta[r]});
      cache.accept(accepted);
    }

    private void reindex(LaneCache cache) {
      int[] ancestors = new int[lanes];
      Arrays.setAll(ancestors, l -> random.below(lanes));
      cache.reindex(ancestors);
      int[][] old = state;
      state = new int[lanes][];
      Arrays.setAll(state, l -> old[ancestors[l]]);
    }

    private void grow(LaneCache cache) {
      cache.clear();
      int[] ancestors = new int[lanes];
      for (int i = 0; i < space.length(); i++) {
        double[] beta = random.uniforms(lanes);
        double[] uniforms = random.uniforms(lanes);
        Conditionals c = cache.extend(beta, uniforms, BETAS);
        int[][] grown = new int[lanes][];
        for (int l = 0; l < lanes; l++) {
          checkDraw(c.tokens()[l], i, beta[l], uniforms[l]);
          assertThat(Arrays.copyOf(c.tokens()[l], i)).isEqualTo(Arrays.copyOf(state[l], i));
        }
        check(c, i, r -> BETAS);
        Arrays.setAll(ancestors, l -> random.below(lanes));
        cache.reindex(ancestors);
        Arrays.setAll(grown, l -> c.tokens()[ancestors[l]]);
        state = grown;
      }
      assertThat(cache.filled()).isEqualTo(space.length());
    }

    private void choose(LaneCache cache) {
      cache.clear();
      int[][] chosen = sequences(lanes);
      int[] ancestors = new int[lanes];
      for (int i = 0; i < space.length(); i++) {
        int at = i;
        float[][] next = cache.next();
        for (int l = 0; l < lanes; l++) {
          boolean unscored = space.prefix().length == 0 && i == 0;
          double[] logp = conditional(chosen[l], i);
          assertThat(next[l]).hasSize(space.allowed().length);
          for (int v = 0; v < next[l].length; v++) {
            assertThat((double) next[l][v])
                .as(what + " position " + i)
                .isCloseTo(unscored ? 0 : logp[v], within(TOLERANCE));
          }
        }
        cache.append(Arrays.stream(chosen).mapToInt(s -> s[at]).toArray());
        Arrays.setAll(ancestors, l -> random.below(lanes));
        cache.reindex(ancestors);
        int[][] old = chosen;
        chosen = new int[lanes][];
        for (int l = 0; l < lanes; l++) {
          chosen[l] = old[ancestors[l]].clone();
          for (int k = i + 1; k < space.length(); k++) {
            chosen[l][k] = space.allowed()[random.below(space.allowed().length)];
          }
        }
      }
      assertThat(cache.filled()).isEqualTo(space.length());
      state = chosen;
    }

    private void check(Conditionals c, int from, IntFunction<double[]> betas) {
      for (int r = 0; r < c.tokens().length; r++) {
        for (int i = 0; i < c.logP()[r].length; i++) {
          double[] logp = conditional(c.tokens()[r], from + i);
          boolean unscored = space.prefix().length == 0 && from + i == 0;
          double expected = unscored ? 0 : logp[column(c.tokens()[r][from + i])];
          assertThat(c.logP()[r][i])
              .as(what + " position " + (from + i))
              .isCloseTo(expected, within(TOLERANCE));
          double[] wanted = betas.apply(r);
          assertThat(c.logNormalizer()[r][i]).hasSameSizeAs(wanted);
          for (int k = 0; k < wanted.length; k++) {
            double norm = unscored ? Math.log(space.allowed().length) : logNorm(logp, wanted[k]);
            assertThat(c.logNormalizer()[r][i][k])
                .as(what + " log c at beta " + wanted[k])
                .isCloseTo(norm, within(TOLERANCE * Math.max(1, wanted[k])));
          }
        }
      }
    }

    private void checkDraw(int[] sequence, int i, double beta, double uniform) {
      double[] logp = conditional(sequence, i);
      double power = space.prefix().length == 0 && i == 0 ? 0 : beta;
      double norm = logNorm(logp, power);
      int column = column(sequence[i]);
      double below = 0;
      for (int c = 0; c < column; c++) {
        below += Math.exp(power * logp[c] - norm);
      }
      double above = below + Math.exp(power * logp[column] - norm);
      assertThat(uniform).as(what + " draw at " + i).isBetween(below - 1e-4, above + 1e-4);
    }

    private int column(int id) {
      int c = Arrays.binarySearch(space.allowed(), id);
      assertThat(c).as(what + " token " + id + " is allowed").isNotNegative();
      return c;
    }

    private static double logNorm(double[] logp, double beta) {
      double max = Arrays.stream(logp).max().orElseThrow();
      return beta * max + Math.log(Arrays.stream(logp).map(l -> Math.exp(beta * (l - max))).sum());
    }

    /** log p over the allowed tokens at position i; flat where the model has nothing to go by. */
    private double[] conditional(int[] sequence, int i) {
      if (space.prefix().length == 0 && i == 0) {
        return new double[space.allowed().length];
      }
      int[] prefix = space.prefix();
      int[] inputs = Arrays.copyOf(prefix, prefix.length + i);
      System.arraycopy(sequence, 0, inputs, prefix.length, i);
      float[][] all = model.forward(inputs);
      return renormalised(all[all.length - 1]);
    }

    private double[] renormalised(float[] all) {
      double[] logp = new double[space.allowed().length];
      Arrays.setAll(logp, c -> all[space.allowed()[c]]);
      double norm = logNorm(logp, 1);
      return Arrays.stream(logp).map(l -> l - norm).toArray();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void sameCalls_givenTwice_giveTheSameBits(Path directory) {
    try (LanguageModel model = ModelLoader.load(directory, LoadOptions.defaults())) {
      InputSpace space = spaces(model)[0];
      assertThat(play(model, space)).isEqualTo(play(model, space));
    }
  }

  private static String play(LanguageModel model, InputSpace space) {
    KeyedRandom random = KeyedRandom.of(7);
    StringBuilder bits = new StringBuilder();
    int[][] start = new int[4][space.length()];
    for (int[] s : start) {
      Arrays.setAll(s, i -> space.allowed()[random.below(space.allowed().length)]);
    }
    try (LaneCache cache = model.openLanes(space, 4)) {
      bits.append(Arrays.deepToString(cache.load(start, BETAS).logP()));
      for (int move = 0; move < 8; move++) {
        int from = random.below(space.length());
        double[][] uniforms = new double[4][];
        Arrays.setAll(uniforms, r -> random.uniforms(space.length() - from));
        Conditionals c =
            cache.propose(
                new Proposal(
                    new int[] {0, 1, 2, 3},
                    from,
                    space.length(),
                    start,
                    new double[] {1, 1, 2, 3},
                    uniforms,
                    true));
        bits.append(Arrays.deepToString(c.tokens())).append(Arrays.deepToString(c.logP()));
        cache.accept(new boolean[] {move % 2 == 0, true, move % 3 == 0, true});
      }
    }
    return bits.toString();
  }

  @Test
  void draw_uniformAtTheEnds_neverLeavesTheAllowedTokens() {
    try (LanguageModel model =
        ModelLoader.load(References.resource("reference/gpt2"), LoadOptions.defaults())) {
      InputSpace space = spaces(model)[0];
      try (LaneCache cache = model.openLanes(space, 2)) {
        for (double u : new double[] {Double.MIN_VALUE, 1 - 0x1.0p-53, 0.999999999}) {
          for (double beta : new double[] {0, 1, 50, 5000}) {
            cache.clear();
            for (int i = 0; i < space.length(); i++) {
              Conditionals c =
                  cache.extend(new double[] {beta, beta}, new double[] {u, u}, new double[] {beta});
              assertThat(space.allowed()).contains(c.tokens()[0][i]);
              assertThat(c.logP()[0][0]).isFinite();
              assertThat(c.logNormalizer()[0][0][0]).isFinite();
            }
          }
        }
      }
    }
  }

  @Test
  void load_disallowedToken_saysWhich() {
    try (LanguageModel model =
            ModelLoader.load(References.resource("reference/gpt2"), LoadOptions.defaults());
        LaneCache cache = model.openLanes(spaces(model)[0], 1)) {
      assertThatThrownBy(() -> cache.load(new int[][] {{3, 3, 3, 4, 3, 3}}, BETAS))
          .hasMessageContaining("Token id 4 at position 3");
    }
  }
}
