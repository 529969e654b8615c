package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogitPartTest {
  private static final float[] EDGES = {
    Float.NEGATIVE_INFINITY,
    -Float.MAX_VALUE,
    -2f,
    Math.nextDown(-1f),
    -1f,
    -Float.MIN_NORMAL,
    -Float.MIN_VALUE,
    -0f,
    0f,
    Float.MIN_VALUE,
    1f,
    Math.nextUp(1f),
    2f,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY
  };

  @ParameterizedTest(name = "in memory: {0}")
  @ValueSource(booleans = {true, false})
  void larger_everyKindOfFloat_areCountedAsJavaComparesThem(boolean inMemory) {
    int n = EDGES.length;
    float[] rows = new float[n * n];
    int[] expected = new int[n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(EDGES, 0, rows, i * n, n);
      for (float value : EDGES) {
        expected[i] += value > EDGES[i] ? 1 : 0;
      }
    }
    try (NDManager m = NDManager.newBaseManager(Device.cpu())) {
      PtNDArray product = Torch.floats(m, rows, n, n);
      LogitPart part = LogitPart.of(product, 0, inMemory);
      int[] all = IntStream.range(0, n).toArray();
      assertThat(part.larger(all, EDGES)).isEqualTo(expected);
      int[] some = {1, 1, n - 1};
      float[] levels = {EDGES[1], EDGES[1], EDGES[n - 1]};
      int[] each = {expected[1], expected[1], expected[n - 1]};
      assertThat(part.larger(some, levels)).isEqualTo(each);
    }
  }
}
