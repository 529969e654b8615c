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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output layer over a vocabulary so large that it is multiplied in slices. */
class HeadTest {
  private static final int VOCABULARY = 5003;
  private static final int WIDTH = 768;

  @TempDir private Path temp;

  @Test
  void logits_largeVocabulary_areThoseOfOneProduct() throws IOException {
    Path directory = RandomModels.gpt2(temp, VOCABULARY, 16, WIDTH, 1, 12);
    int[] allowed = IntStream.range(0, VOCABULARY).filter(id -> id % 5 != 0).toArray();
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
      PtNDArray hidden = Torch.of(m.randomNormal(new Shape(3, WIDTH)));
      float[] whole = JniUtils.linear(hidden, head.output(), null).toFloatArray();
      assertThat(head.logits(hidden).toFloatArray()).containsExactly(whole, within(1e-4f));
    }
  }
}
