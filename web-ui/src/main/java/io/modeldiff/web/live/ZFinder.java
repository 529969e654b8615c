package io.modeldiff.web.live;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.TokenScores;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.web.service.ComparisonService.BetaHistogram;
import io.modeldiff.web.service.ComparisonService.Forecast;
import io.modeldiff.web.service.ComparisonService.SentenceNll;
import io.modeldiff.web.service.ComparisonService.Spec;
import io.modeldiff.web.service.ComparisonService.ZPicture;
import io.modeldiff.web.service.SpaceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What to choose Z by: NLLs of ancestral samples and of sentences; and what a run will cost. */
final class ZFinder {
  private static final int SAMPLES = 256;
  private static final int BINS = 40;
  private static final int MOST_BETAS = 6;
  private static final int MOST_SENTENCES = 20;
  private static final long SEED = 17;
  private static final long DEFAULT_EVALUATIONS = 200_000;

  private final LiveModels models;
  private final ModelPool pool;

  ZFinder(LiveModels models, ModelPool pool) {
    this.models = models;
    this.pool = pool;
  }

  ZPicture explore(String model, SpaceSpec space, List<Double> betas, List<String> sentences) {
    if (betas.size() > MOST_BETAS || sentences.size() > MOST_SENTENCES) {
      throw UserException.badInput(
          "The Z finder takes at most "
              + MOST_BETAS
              + " betas and "
              + MOST_SENTENCES
              + " sentences at once.");
    }
    ModelRegistered registered = models.find(model);
    return pool.with(
        registered,
        registered,
        (loaded, same) -> {
          InputSpace resolved = Specs.space(space, pool.directory(registered));
          List<double[]> z = new ArrayList<>();
          for (double beta : betas) {
            z.add(sample(loaded, resolved, beta));
          }
          return picture(betas, z, sentences(loaded, sentences));
        });
  }

  private static double[] sample(LanguageModel model, InputSpace space, double beta) {
    if (!(beta >= 0) || Double.isInfinite(beta)) {
      throw UserException.badInput("Every beta must be at least 0, but one was " + beta + ".");
    }
    return Ancestral.nlls(model, space, beta, SAMPLES, SEED);
  }

  private static List<SentenceNll> sentences(LanguageModel model, List<String> texts) {
    List<SentenceNll> scored = new ArrayList<>();
    for (String text : texts) {
      int[] ids = model.tokenizer().encode(text);
      TokenScores scores = model.score(List.of(ids), 0).get(0);
      double nll = scores.nll();
      scored.add(new SentenceNll(text, Double.isNaN(nll) ? null : (Double) nll, ids.length));
    }
    return scored;
  }

  private static ZPicture picture(
      List<Double> betas, List<double[]> z, List<SentenceNll> sentences) {
    double low = z.stream().flatMapToDouble(Arrays::stream).min().orElse(0);
    double high = z.stream().flatMapToDouble(Arrays::stream).max().orElse(1);
    double width = Math.max((high - low) / BINS, 1e-6);
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= BINS; i++) {
      edges.add(low + i * width);
    }
    List<BetaHistogram> histograms = new ArrayList<>();
    for (int k = 0; k < betas.size(); k++) {
      Integer[] counts = new Integer[BINS];
      Arrays.fill(counts, 0);
      double[] sorted = z.get(k).clone();
      Arrays.sort(sorted);
      for (double value : sorted) {
        counts[Math.min(BINS - 1, (int) ((value - low) / width))]++;
      }
      histograms.add(new BetaHistogram(betas.get(k), List.of(counts), sorted[sorted.length / 2]));
    }
    return new ZPicture(edges, histograms, sentences);
  }

  Forecast forecast(Spec spec) {
    double rateA = rate(spec.a(), spec.space());
    double rateB = rate(spec.b(), spec.space());
    Long budget = spec.evaluations();
    double evaluations = budget == null ? DEFAULT_EVALUATIONS : budget;
    double seconds = evaluations / rateA + evaluations / rateB;
    return new Forecast(
        2 * evaluations / seconds,
        2 * evaluations,
        seconds,
        String.format(
            Locale.ENGLISH,
            "%,.0f evaluations of each model at %,.0f and %,.0f per second, measured just now;"
                + " storing the rounds and asking the other model come on top.",
            evaluations,
            rateA,
            rateB));
  }

  private double rate(String model, SpaceSpec space) {
    ModelRegistered registered = models.find(model);
    return pool.with(
        registered,
        registered,
        (loaded, same) -> {
          InputSpace resolved = Specs.space(space, pool.directory(registered));
          Ancestral.nlls(loaded, resolved, 1, SAMPLES, SEED);
          long start = System.nanoTime();
          Ancestral.nlls(loaded, resolved, 1, SAMPLES, SEED + 1);
          return SAMPLES / ((System.nanoTime() - start) / 1e9);
        });
  }
}
