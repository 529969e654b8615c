package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The output layer over a vocabulary so large that it is multiplied in slices. */
class HeadTest {
  @TempDir private Path temp;

  /** Slices of the second are no multiple of a block of columns. */
  @ParameterizedTest(name = "{0} tokens, width {1}")
  @CsvSource({"5003, 768", "3777, 900"})
  void logits_largeVocabulary_areThoseOfOneProduct(int vocabulary, int width) throws IOException {
    Path directory = RandomModels.gpt2(temp, vocabulary, 16, width, 1, 12);
    int[] allowed = IntStream.range(0, vocabulary).filter(id -> id % 5 != 0).toArray();
    try (TorchModel model =
        TorchModel.load(ModelDirectory.open(directory), LoadOptions.defaults())) {
      model
          .queue()
          .call(
              () -> {
                check(model, model.fullHead());
                try (Head some = new Head(model.transformer(), model.manager(), allowed)) {
                  assertThat(some.size()).isEqualTo(allowed.length);
                  check(model, some);
                }
                return true;
              });
    }
  }

  private static void check(TorchModel model, Head head) {
    try (NDManager m = model.manager().newSubManager()) {
      long width = head.output().getShape().get(1);
      PtNDArray hidden = Torch.of(m.randomNormal(new Shape(3, width)));
      float[] whole = JniUtils.linear(hidden, head.output(), null).toFloatArray();
      assertThat(head.logits(hidden).toFloatArray()).containsExactly(whole, within(1e-4f));
      List<LogitPart> parts = head.bulkLogits(hidden);
      assertThat(parts).hasSizeGreaterThan(3);
      int columns = head.size();
      float[] bulk = new float[3 * columns];
      for (LogitPart part : parts) {
        float[] values = part.logits().toFloatArray();
        int taken = Math.min(part.columns(), columns - part.first());
        for (int i = 0; i < 3; i++) {
          System.arraycopy(values, i * part.columns(), bulk, i * columns + part.first(), taken);
        }
      }
      assertThat(bulk).containsExactly(whole, within(1e-4f));
    }
  }
}
