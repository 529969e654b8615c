package io.modeldiff.core.lm.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Keeps exponentials on a processor fast. libtorch's functions of many numbers at once read what
 * they return in special cases with masked loads: nothing is read where no number is special. A
 * page of a library is mapped when it is first read and may be taken away again; a masked load of
 * nothing from a page that is not mapped brings no page, but costs the processor some 200 ns, each
 * time: softmax and sigmoid are then 20 to 80 times as slow, for seconds or for ever. Special
 * numbers, computed now and then, bring the page. On one thread only.
 */
final class SpecialCases {
  private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(50);

  /** Numbers of a vector of the widest instructions: functions take fewer one by one. */
  private static final int VECTOR = 64;

  /** Whose exponentials in float32 are 0 and ∞. */
  private static final float[] NUMBERS = {-200f, 200f};

  private long due = Long.MIN_VALUE;

  /** Computes special cases where the last time is long enough ago. */
  void compute() {
    long now = System.nanoTime();
    if (now < due) {
      return;
    }
    due = now + EVERY;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      for (float number : NUMBERS) {
        PtNDArray numbers = Torch.floats(manager, filled(number), VECTOR);
        JniUtils.sigmoid(numbers).close();
      }
    }
  }

  private static float[] filled(float number) {
    float[] values = new float[VECTOR];
    Arrays.fill(values, number);
    return values;
  }
}
