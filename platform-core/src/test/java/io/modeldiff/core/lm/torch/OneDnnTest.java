package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** oneDNN's product of matrices of any shape against libtorch's own. */
class OneDnnTest {
  private static final int SHAPES = 60;
  private static final int[] WIDTHS = {1, 8, 40, 72, 96, 100, 128, 200, 512, 768, 1000, 2048, 3072};

  @Test
  void linear_randomShapes_isTheMatrixProduct() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    OneDnn oneDnn = OneDnn.load().orElseThrow();
    for (int i = 0; i < SHAPES; i++) {
      int rows = 1 + random.nextInt(i % 3 == 0 ? 2048 : 100);
      int in = width(random);
      int out = width(random);
      try (NDManager m = NDManager.newBaseManager(Device.cpu())) {
        PtNDArray x = Torch.of(m.randomNormal(new Shape(rows, in)));
        PtNDArray weight = Torch.of(m.randomNormal(new Shape(out, in)));
        PtNDArray bias = random.nextBoolean() ? Torch.of(m.randomNormal(new Shape(out))) : null;
        PtNDArray product = oneDnn.linear(x, weight, bias);
        assertThat(product.getShape()).isEqualTo(new Shape(rows, out));
        float furthest = product.sub(JniUtils.linear(x, weight, bias)).abs().max().getFloat();
        assertThat(furthest)
            .as("seed %d: [%d, %d] · [%d, %d]ᵀ, bias %s", seed, rows, in, out, in, bias != null)
            .isLessThan(2e-5f * (float) Math.sqrt(in));
      }
    }
  }

  private static int width(Random random) {
    return random.nextInt(3) == 0
        ? 1 + random.nextInt(2100)
        : WIDTHS[random.nextInt(WIDTHS.length)];
  }

  /** Results of a model's inference may not be written to; these can be. */
  @Test
  void linear_result_canBeOverwritten() {
    OneDnn oneDnn = OneDnn.load().orElseThrow();
    try (NDManager m = NDManager.newBaseManager(Device.cpu())) {
      PtNDArray one = Torch.of(m.ones(new Shape(2, 2)));
      PtNDArray product = oneDnn.linear(one, one, null);
      JniUtils.addi(product, one);
      assertThat(product.toFloatArray()).containsOnly(3f);
    }
  }
}
