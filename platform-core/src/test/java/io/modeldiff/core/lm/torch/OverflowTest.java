package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.modeldiff.core.error.UserException;
import org.junit.jupiter.api.Test;

/** Not-a-number never leaves the runtime as a result. */
class OverflowTest {
  @Test
  void doubles_nan_isAnErrorThatSaysWhatToDo() {
    try (NDManager m = NDManager.newBaseManager(Device.cpu())) {
      assertThatThrownBy(() -> Torch.doubles(Torch.floats(m, new float[] {0, Float.NaN}, 2)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--dtype f32");
    }
  }
}
