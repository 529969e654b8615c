package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of many rows against those of the matrix product. */
class ProductsTest {
  // Some versions of oneDNN are wrong for 40, 80, 100, 512 or 2048 columns on some processors.
  private static final int[] COLUMNS = {8, 11, 40, 48, 64, 80, 96, 100, 192, 512, 768, 2048, 2304};

  @ParameterizedTest(name = "{0} rows, bias {1}")
  @CsvSource({"1024, true", "1024, false", "945, true", "192, true", "997, false", "3, true"})
  void bulk_anyNumberOfRows_isTheMatrixProduct(int rows, boolean biased) {
    for (int columns : COLUMNS) {
      try (NDManager m = NDManager.newBaseManager(Device.cpu())) {
        PtNDArray x = Torch.of(m.randomNormal(new Shape(rows, 96)));
        PtNDArray weight = Torch.of(m.randomNormal(new Shape(columns, 96)));
        PtNDArray bias = biased ? Torch.of(m.randomNormal(new Shape(columns))) : null;
        PtNDArray product = Products.bulk(x, weight, bias);
        assertThat(product.getShape()).isEqualTo(new Shape(rows, columns));
        assertThat(furthest(product, JniUtils.linear(x, weight, bias)))
            .as("%s columns", columns)
            .isLessThan(1e-4f);
      }
    }
  }

  private static float furthest(PtNDArray one, PtNDArray other) {
    float[] a = one.toFloatArray();
    float[] b = other.toFloatArray();
    float furthest = 0;
    for (int i = 0; i < a.length; i++) {
      furthest = Math.max(furthest, Math.abs(a[i] - b[i]));
    }
    return furthest;
  }

  @Test
  void alike_aColumnThatIsNot_isSeen() {
    float[] expected = {1, 1000, 2, 2000};
    assertThat(Products.alike(expected, new float[] {1, 1000.01f, 2, 2000}, 2)).isTrue();
    assertThat(Products.alike(expected, new float[] {1, 1000, 2.1f, 2000}, 2)).isFalse();
    assertThat(Products.alike(expected, new float[] {Float.NaN, 1000, 2, 2000}, 2)).isFalse();
  }
}
