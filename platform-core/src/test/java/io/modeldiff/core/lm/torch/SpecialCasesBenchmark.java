package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What exponentials cost before and after {@link SpecialCases}, where the system has taken
 * libtorch's pages away. {@code benchmarks/runtime/special-cases.sh} runs it.
 */
@Tag("heavy")
class SpecialCasesBenchmark {
  private static final int RUNS = 20;

  @Test
  void compute_pagesTakenAway_bringsTheSpeedBack() throws Exception {
    measure("softmax", x -> JniUtils.softmax(x, -1, DataType.FLOAT32));
    measure("sigmoid", JniUtils::sigmoid);
    measure("square", JniUtils::square);
  }

  private static void measure(String name, UnaryOperator<PtNDArray> function) throws Exception {
    try (NDManager m = NDManager.newBaseManager(Device.cpu())) {
      PtNDArray x = Torch.of(m.randomNormal(new Shape(340, 768)));
      Runnable run = () -> function.apply(x).close();
      new SpecialCases().compute();
      double before = milliseconds(run);
      takePagesAway();
      double without = milliseconds(run);
      new SpecialCases().compute();
      double after = milliseconds(run);
      System.out.printf(
          "%s of [340, 768]: %.3f ms; pages taken away %.3f ms; special cases computed %.3f ms%n",
          name, before, without, after);
    }
  }

  private static double milliseconds(Runnable run) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      run.run();
      least = Math.min(least, (System.nanoTime() - start) / 1e6);
    }
    return least;
  }

  private static void takePagesAway() throws Exception {
    String script = System.getProperty("benchmark.pageout", "../benchmarks/runtime/pageout.py");
    String pid = Long.toString(ProcessHandle.current().pid());
    Process process = new ProcessBuilder("python3", script, pid).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
