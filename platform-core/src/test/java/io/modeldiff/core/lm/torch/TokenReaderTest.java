package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The largest columns, found by blocks, against a search through all of them. */
class TokenReaderTest {
  @ParameterizedTest(name = "{0} columns, {1} largest")
  @CsvSource({"64, 10", "640, 10", "1280, 10", "6400, 1", "6400, 50", "6401, 10"})
  void top_anyNumberOfColumns_areTheLargest(int columns, int k) {
    try (NDManager m = NDManager.newBaseManager(Device.cpu())) {
      PtNDArray rows = Torch.of(m.randomNormal(new Shape(7, columns)));
      NDList found = TokenReader.top(rows, k);
      NDList expected = JniUtils.topK(rows, k, 1, true, true);
      assertThat(found.get(0).toFloatArray()).isEqualTo(expected.get(0).toFloatArray());
      assertThat(found.get(1).toLongArray()).isEqualTo(expected.get(1).toLongArray());
    }
  }
}
