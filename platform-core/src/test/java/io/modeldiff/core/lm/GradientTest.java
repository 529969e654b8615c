package io.modeldiff.core.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.core.lm.files.SafetensorsFile;
import io.modeldiff.core.lm.files.TensorEntry;
import io.modeldiff.core.lm.files.WeightFiles;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients with respect to one-hot inputs. */
class GradientTest {
  static Stream<Path> models() {
    return LaneCacheTest.models();
  }

  /**
   * The last token is a target only, so E is linear in it: the differences of the gradient between
   * alternatives are the exact differences of E.
   */
  @ParameterizedTest
  @MethodSource("models")
  void gradient_lastToken_givesExactDifferences(Path directory) {
    try (LanguageModel model = ModelLoader.load(directory, LoadOptions.defaults())) {
      int v = model.info().vocabulary();
      int[] few = {3, 7, 20, 99, v - 2};
      InputSpace space = new InputSpace(5, new int[] {model.info().bos().orElseThrow(), 9}, few, v);
      KeyedRandom random = KeyedRandom.of(11);
      int[] x = new int[5];
      Arrays.setAll(x, i -> few[random.below(few.length)]);
      float[][][] g = model.gradient(space, new int[][] {x});
      int[][] changed = new int[few.length][];
      for (int c = 0; c < few.length; c++) {
        changed[c] = x.clone();
        changed[c][4] = few[c];
      }
      double[] e = model.energies(space, changed);
      for (int c = 1; c < few.length; c++) {
        assertThat((double) g[0][4][few[c]] - g[0][4][few[0]]).isCloseTo(e[c] - e[0], within(1e-3));
      }
      assertThat(g[0][4][4]).isEqualTo(Float.POSITIVE_INFINITY);
    }
  }

  /**
   * The input role, by central differences: in a model with separate output matrix, moving the
   * embedding of a token that occurs once towards another token's is moving its one-hot row.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"reference/llama", "architectures/gpt2-untied-erf", "architectures/gpt-neox"})
  void gradient_inputRole_equalsFiniteDifferences(String name, @TempDir Path temp)
      throws IOException {
    Path source = References.resource(name);
    String tensor =
        WeightFiles.open(source).entries().keySet().stream()
            .filter(t -> t.matches("(.*embed_tokens|.*wte|.*embed_in)\\.weight"))
            .findFirst()
            .orElseThrow();
    int[] x = {3, 7, 20, 99, 250};
    double step = 0.005;
    double[] moved = new double[2];
    float[][][] gradient;
    double[] logp = new double[2];
    try (LanguageModel model = ModelLoader.load(source, LoadOptions.defaults())) {
      InputSpace space = space(model);
      gradient = model.gradient(space, new int[][] {x, x, {7, 3, 99, 20, 250}});
      float[] full = model.logProbabilities(x)[1];
      logp[0] = full[7];
      logp[1] = full[300];
    }
    for (int side = 0; side < 2; side++) {
      Path copy = Files.createDirectory(temp.resolve("side" + side));
      for (String file : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
        Files.copy(source.resolve(file), copy.resolve(file));
      }
      move(copy.resolve("model.safetensors"), tensor, 7, 300, side == 0 ? -step : step);
      try (LanguageModel model = ModelLoader.load(copy, LoadOptions.defaults())) {
        moved[side] = model.energies(space(model), new int[][] {x})[0];
      }
    }
    double difference = (moved[1] - moved[0]) / (2 * step);
    double expected = (gradient[0][1][300] + logp[1]) - (gradient[0][1][7] + logp[0]);
    assertThat(expected).isCloseTo(difference, within(0.02 * Math.max(1, Math.abs(difference))));
    assertThat(gradient[1]).isDeepEqualTo(gradient[0]);
  }

  private static InputSpace space(LanguageModel model) {
    return InputSpace.all(
        5, new int[] {model.info().bos().orElseThrow()}, model.info().vocabulary());
  }

  /** row(a) += step·(row(b) − row(a)) in a float32 file. */
  private static void move(Path file, String tensor, int a, int b, double step) throws IOException {
    TensorEntry entry = Objects.requireNonNull(SafetensorsFile.open(file).tensors().get(tensor));
    int width = (int) entry.shape()[1];
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    for (int j = 0; j < width; j++) {
      int at = (int) entry.offset() + 4 * (a * width + j);
      float from = bytes.getFloat(at);
      float to = bytes.getFloat((int) entry.offset() + 4 * (b * width + j));
      bytes.putFloat(at, (float) (from + step * (to - from)));
    }
    Files.write(file, bytes.array());
  }
}
