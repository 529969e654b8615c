package io.modeldiff.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.analysis.comparison.CorpusInputs;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusQuery;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A corpus of digit strings under the toys of this repository. */
class CorpusSpacesTest {
  private static final InputSpace SPACE =
      new InputSpace(8, new int[] {10}, IntStream.range(0, 10).toArray(), 11);
  private static final NllRange Z = new NllRange(1.74, 2.60);

  private static LanguageModel toy(String name) {
    return ModelLoader.load(
        ModelDirectory.open(Path.of("..", "models", name)), new LoadOptions("cpu", "f32"));
  }

  private static List<int[]> texts() {
    Random random = new Random(5);
    List<int[]> texts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      texts.add(random.ints(8, 0, 10).toArray());
    }
    texts.add(texts.get(0).clone());
    return texts;
  }

  @Test
  void corpusOfInputs_hasTheirEnergies_andItsDocumentCountsThemOnce() throws Exception {
    CorpusInputs inputs = CorpusInputs.of(texts(), SPACE, 16, false);
    double[] zA = new double[300];
    double[] zB = new double[300];
    int[][] ids = inputs.ids().toArray(int[][]::new);
    CorpusDocument document;
    try (LanguageModel a = toy("small-toy");
        LanguageModel b = toy("large-toy")) {
      CorpusSpaces.score(a, SPACE, inputs.ids().subList(0, 256), zA, 0);
      CorpusSpaces.score(a, SPACE, inputs.ids().subList(256, 300), zA, 256);
      CorpusSpaces.score(b, SPACE, inputs.ids(), zB, 0);
      double[] exactA = a.energies(SPACE, ids);
      double[] exactB = b.energies(SPACE, ids);
      for (int i = 0; i < ids.length; i++) {
        assertThat(zA[i]).isCloseTo(exactA[i] / 8, within(2e-6));
        assertThat(zB[i]).isCloseTo(exactB[i] / 8, within(2e-6));
      }
      document =
          CorpusDocument.of(
              new CorpusQuery("digits", null, null, false, false, 5),
              inputs,
              zA,
              zB,
              a.tokenizer(),
              new ComparisonSpec(8, Z, 0, 0.02),
              sampled());
    }
    long inA = IntStream.range(0, 300).filter(i -> Z.contains(zA[i])).count();
    long less = IntStream.range(0, 300).filter(i -> Z.contains(zA[i]) && zA[i] < zB[i]).count();
    assertThat(document.read()).isEqualTo(new CorpusDocument.Read(301, 300, 1, 0, 0, 0));
    assertThat(inA).isBetween(5L, 290L);
    assertThat(document.inZ().A()).isEqualTo(inA);
    assertThat(document.terms().pdAB()).isEqualTo(less);
    assertThat(document.shares().get(0)).isEqualTo((double) less / inA);
    assertThat(document.inputs()).hasSize(5).allMatch(t -> t.inA() || t.inB());
    assertThat(document.inputs())
        .isSortedAccordingTo((x, y) -> Double.compare(Math.abs(y.d()), Math.abs(x.d())));
    assertThat(document.sampled().countA()).isEqualTo(sampled().countA());
  }

  /** A short run of the toy demo. */
  private static ComparisonDocument sampled() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(io.modeldiff.web.Toy.class.getResourceAsStream("toy-result.json"))) {
      return new JsonMapper().readValue(in, ComparisonDocument.class);
    }
  }
}
