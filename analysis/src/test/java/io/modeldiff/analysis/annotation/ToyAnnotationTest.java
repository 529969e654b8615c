package io.modeldiff.analysis.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.analysis.annotation.ItemDraw.Sampled;
import io.modeldiff.analysis.comparison.CampaignInput;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationEvent.Answered;
import io.modeldiff.core.annotation.AnnotationEvent.ProjectCreated;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.DesignStratum;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The bundled toys: a script answers "is the digit sum divisible by 30?", and precision and recall
 * of the four terms must lie in their intervals as often as these claim.
 */
@Tag("heavy")
class ToyAnnotationTest {
  private static final int N = 8;
  private static final int LANES = 16;
  private static final int SAMPLES = Integer.getInteger("toy.samples", 2048);
  private static final int REPETITIONS = Integer.getInteger("toy.repetitions", 100);
  private static final long SEED = Long.getLong("toy.seed", 9);
  private static final NllRange Z = new NllRange(1.74, 2.00);
  private static final InputSpace SPACE =
      new InputSpace(N, new int[] {10}, IntStream.range(0, 10).toArray(), 11);

  /** One side's campaign: independent exact samples, as at β = 1. */
  private record Drawn(int[][] tokens, SampleBatch batch) {}

  @Test
  void results_answeredByTheRule_coverTheExactValues() throws Exception {
    JsonNode exact = exact();
    Map<String, Integer> hits = new TreeMap<>();
    try (LanguageModel a = model("small-toy");
        LanguageModel b = model("large-toy")) {
      for (int repetition = 0; repetition < REPETITIONS; repetition++) {
        AnnotationResults results = results(a, b, SEED + repetition);
        for (Term term : Term.values()) {
          PrecisionRecall.Figures figures = Objects.requireNonNull(results.terms().get(term));
          count(hits, "precision " + term.word(), figures.precision(), precision(exact, term));
          count(hits, "recall " + term.word(), figures.recall(), recall(exact, term));
          if (repetition == 0) {
            System.out.println(
                "TOY "
                    + term.word()
                    + " precision "
                    + figures.precision()
                    + " recall "
                    + figures.recall());
          }
        }
      }
    }
    int inside = hits.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println("TOY inside their 95% intervals, of " + REPETITIONS + ": " + hits);
    assertThat(inside / (8.0 * REPETITIONS)).as("seed %d: %s", SEED, hits).isBetween(0.91, 0.99);
  }

  private static void count(Map<String, Integer> hits, String name, Proportion p, double exact) {
    boolean inside =
        Objects.requireNonNull(p.low()) <= exact && exact <= Objects.requireNonNull(p.high());
    hits.merge(name, inside ? 1 : 0, Integer::sum);
  }

  private static JsonNode exact() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(ToyAnnotationTest.class.getResourceAsStream("toy-rule.json"))) {
      return new JsonMapper().readTree(in);
    }
  }

  private static double precision(JsonNode exact, Term term) {
    int i = term.ordinal();
    return exact.at("/valid/" + i).asDouble() / exact.at("/members/" + i).asDouble();
  }

  private static double recall(JsonNode exact, Term term) {
    int i = term.ordinal();
    int other = i ^ 1;
    double own = exact.at("/valid/" + i).asDouble();
    return own / (own + exact.at("/valid/" + other).asDouble());
  }

  private static LanguageModel model(String name) {
    return ModelLoader.load(
        ModelDirectory.open(Path.of("..", "models", name)), new LoadOptions("cpu", "f32"));
  }

  private static AnnotationResults results(LanguageModel a, LanguageModel b, long seed) {
    Drawn fromA = draw(a, b, KeyedRandom.of(seed, 1));
    Drawn fromB = draw(b, a, KeyedRandom.of(seed, 2));
    ItemDraw draw = new ItemDraw(sampled(fromA, true), sampled(fromB, false));
    List<DesignStratum> strata = draw.strata(List.of(Term.values()), 0, 3);
    List<AnnotationItem> items = draw.draw(strata, seed, 0, 25, Object::toString);
    AnnotationProject project =
        AnnotationProject.none("p")
            .apply(new ProjectCreated("p", design(strata, seed), "", Cause.now("test", "")))
            .withItems(items.stream().map(ToyAnnotationTest::answered).toList());
    return AnnotationResults.of(
        project,
        AnnotationResults.counts(
            project.defined(), input(fromA), input(fromB), new ComparisonSpec(N, Z, 0, 0.02)));
  }

  private static AnnotationDesign design(List<DesignStratum> strata, long seed) {
    return new AnnotationDesign(
        "toy", "x", List.of(Term.values()), 0, strata, 25, 1, 1, true, seed, 300);
  }

  private static ItemState answered(AnnotationItem item) {
    int sum = item.tokens().stream().mapToInt(Integer::intValue).sum();
    Answer answer =
        new Answer(
            "script",
            sum % 30 == 0 ? 1.0 : 0.0,
            "",
            1,
            item.id(),
            Instant.EPOCH,
            false,
            true,
            false);
    ItemState fresh = ItemState.fresh(item);
    return fresh.apply(new Answered(item.id(), answer));
  }

  private static Drawn draw(LanguageModel own, LanguageModel other, KeyedRandom random) {
    double[] betas = new double[SAMPLES];
    Arrays.fill(betas, 1);
    double[] energies = new double[SAMPLES];
    int[][] tokens = new int[SAMPLES][N];
    try (LaneCache lanes = own.openLanes(SPACE, SAMPLES)) {
      lanes.clear();
      for (int position = 0; position < N; position++) {
        var next = lanes.extend(betas, random.uniforms(SAMPLES), new double[] {1});
        for (int i = 0; i < SAMPLES; i++) {
          energies[i] -= next.logP()[i][0];
          tokens[i][position] = next.tokens()[i][position];
        }
      }
    }
    return new Drawn(tokens, batch(energies, other.energies(SPACE, tokens)));
  }

  private static SampleBatch batch(double[] own, double[] other) {
    float[] zOwn = new float[SAMPLES];
    float[] zOther = new float[SAMPLES];
    boolean[] scored = new boolean[SAMPLES];
    short[] lane = new short[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      zOwn[i] = (float) (own[i] / N);
      zOther[i] = (float) (other[i] / N);
      scored[i] = true;
      lane[i] = (short) (i % LANES);
    }
    return new SampleBatch(zOwn, zOther, scored, lane, new short[SAMPLES], new double[0]);
  }

  private static CampaignInput input(Drawn drawn) {
    return CampaignInput.tempering(List.of(drawn.batch()), Rungs.of(new double[] {1}), LANES, N, 0);
  }

  private static List<Sampled> sampled(Drawn drawn, boolean ofA) {
    List<Sampled> all = new ArrayList<>();
    CampaignInput input = input(drawn);
    for (int i = 0; i < SAMPLES; i++) {
      double own = drawn.batch().zOwn()[i];
      double other = drawn.batch().zOther()[i];
      if (Z.contains(drawn.batch().zOwn()[i])) {
        all.add(
            new Sampled(
                Arrays.stream(drawn.tokens()[i]).boxed().toList(),
                ofA ? own : other,
                ofA ? other : own,
                input.weights().logWeight(N * own)));
      }
    }
    return all;
  }
}
