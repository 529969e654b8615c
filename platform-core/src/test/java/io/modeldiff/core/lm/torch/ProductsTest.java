package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of many rows against those of the matrix product. */
class ProductsTest {
  @ParameterizedTest(name = "{0} rows, bias {1}")
  @CsvSource({"1024, true", "1024, false", "945, true", "192, true", "997, false", "3, true"})
  void bulk_anyNumberOfRows_isTheMatrixProduct(int rows, boolean biased) {
    try (NDManager m = NDManager.newBaseManager(Device.cpu())) {
      PtNDArray x = Torch.of(m.randomNormal(new Shape(rows, 96)));
      PtNDArray weight = Torch.of(m.randomNormal(new Shape(40, 96)));
      PtNDArray bias = biased ? Torch.of(m.randomNormal(new Shape(40))) : null;
      PtNDArray product = Products.bulk(x, weight, bias);
      assertThat(product.getShape()).isEqualTo(new Shape(rows, 40));
      assertThat(product.toFloatArray())
          .containsExactly(JniUtils.linear(x, weight, bias).toFloatArray(), within(1e-4f));
    }
  }

  @ParameterizedTest(name = "{0} rows")
  @CsvSource({"1, 1", "511, 511", "512, 512", "513, 544", "1000, 1024"})
  void padded_manyRows_fillWholeImages(int rows, int padded) {
    assertThat(Products.padded(rows)).isEqualTo(padded);
  }
}
