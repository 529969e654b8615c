package io.modeldiff.core.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.work.WorkMonitor;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToyTrainingTest {
  @TempDir private Path folder;

  @Test
  void draw_anySeed_givesDistinctValidSequences() {
    int[] drawn = ToySequences.draw(5_000, 7);
    assertThat(Arrays.stream(drawn).distinct().count()).isEqualTo(5_000);
    assertThat(Arrays.stream(drawn).allMatch(ToySequences::isValid)).isTrue();
    assertThat(drawn)
        .isEqualTo(ToySequences.draw(5_000, 7))
        .isNotEqualTo(ToySequences.draw(5_000, 8));
  }

  @Test
  void run_sameSettings_givesSameWeightsAndLowersLoss() {
    ToyTraining.Settings settings = new ToyTraining.Settings(ToySize.SMALL, 3, 2, 640, 64, 0.003f);
    ToyTraining.Result first = new ToyTraining(settings).run(WorkMonitor.silent(), p -> {});
    ToyTraining.Result second = new ToyTraining(settings).run(WorkMonitor.silent(), p -> {});
    first
        .weights()
        .forEach(
            (name, values) -> assertThat(second.weights().get(name)).as(name).isEqualTo(values));
    assertThat(first.losses().get(first.losses().size() - 1).loss())
        .isLessThan(first.losses().get(0).loss() - 0.1);
  }

  @Test
  void write_thenLoad_predictsWhatTheTrainedNetworkLearned() throws Exception {
    Path directory = TinyToy.write(folder.resolve("tiny"), ToySize.LARGE, 5);
    try (LanguageModel model = ModelLoader.load(directory, LoadOptions.defaults())) {
      assertThat(model.info().vocabulary()).isEqualTo(11);
      assertThat(model.tokenizer().encode("12345678")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
      double share = ToySamples.validShare(model, 1_000, 1);
      // An untrained model obeys the rule by chance: 3.8% of digit strings do.
      assertThat(share).isBetween(0.0, 0.1);
    }
  }

  @Test
  void settings_impossibleBatch_isRefused() {
    assertThatThrownBy(() -> new ToyTraining.Settings(ToySize.SMALL, 1, 1, 100, 101, 0.01f))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--batch");
  }
}
