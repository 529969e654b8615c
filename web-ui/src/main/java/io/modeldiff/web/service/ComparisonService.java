package io.modeldiff.web.service;

import io.modeldiff.web.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Comparisons of two campaigns: D histograms, PD/PA and the inputs behind them. */
public interface ComparisonService {
  /** Newest first. */
  List<Summary> list(int limit);

  /**
   * One comparison.
   *
   * @throws NotFoundException when there is none with this id
   */
  Summary get(String id);

  /**
   * The result at a threshold λ.
   *
   * @param lambda λ ≥ 0, nats per token
   * @throws NotFoundException when there is no such comparison, or no result yet
   */
  Result result(String id, double lambda);

  /** Where the samples lie: z_A against z_B. */
  Density density(String id);

  /**
   * Representative inputs with D in [from, to], heaviest first.
   *
   * @param direction {@code AB}: found by A; {@code BA}: found by B
   */
  List<Input> inputs(String id, String direction, double from, double to, int limit);

  /** One representative input. */
  Input input(String id, String inputId);

  /** Starts both campaigns (or reuses equal ones) and the comparison; answers its id at once. */
  String start(Spec spec, Caller who);

  /** Ends the comparison and the campaigns that it started. */
  void cancel(String id, String reason, Caller who);

  /** Delivers a summary whenever something changed until the subscription is closed. */
  Subscription watch(String id, Consumer<Summary> listener);

  /** A file of the result: {@code json}, {@code csv} or {@code jsonl} (inputs). */
  Export export(String id, String format);

  /**
   * What a pilot of a few hundred evaluations says about a specification.
   *
   * <p>It runs on the caller's thread.
   */
  Forecast forecast(Spec spec, Caller who);

  /** NLL of β-samples of a model and of given sentences, to choose Z by. */
  ZPicture explore(String model, SpaceSpec space, List<Double> betas, List<String> sentences);

  /**
   * @param lambda λ ≥ 0, nats per token
   * @param bin width of D bins, nats per token
   */
  record Spec(
      String a,
      String b,
      SpaceSpec space,
      String method,
      List<String> kernels,
      int lanes,
      long seed,
      @Nullable Long evaluations,
      @Nullable Double targetError,
      double lambda,
      double bin) {}

  /**
   * @param progress 0..1, or null when unknown
   * @param doing what is happening now, in a few words
   * @param headline null until there is a result
   * @param campaignA the campaign of A, or null before it exists
   * @param campaignB the campaign of B, or null before it exists
   */
  record Summary(
      String id,
      String a,
      String b,
      SpaceSpec space,
      double lambda,
      Phase phase,
      @Nullable Double progress,
      String doing,
      @Nullable Headline headline,
      @Nullable String campaignA,
      @Nullable String campaignB,
      Instant created,
      String createdBy) {}

  /**
   * Of the inputs that A finds likely, the share that B finds less likely.
   *
   * @param countA |X_A|
   * @param share PD_{A→B} / |X_A|, 0..1
   * @param shareSe its standard error
   */
  record Headline(Estimate countA, double share, double shareSe) {}

  /**
   * The compare document, fields as scripts know them.
   *
   * @param stoppedBy which criterion ended the sampling
   */
  record Result(
      String comparison,
      Campaigns campaigns,
      Evaluations evaluations,
      String stoppedBy,
      double lambda,
      Estimate countA,
      Estimate countB,
      Estimate countAB,
      Terms terms,
      Ratio ratio,
      Curve histogramAB,
      Curve histogramBA,
      Curve rhoA,
      Curve rhoB,
      Checks checks) {}

  /** Campaign ids. */
  record Campaigns(String A, String B) {}

  /** Full-sequence-equivalent forward passes. */
  record Evaluations(long A, long B, long cross) {}

  /** The four counts of Table 1. */
  record Terms(Estimate pdAB, Estimate paAB, Estimate paBA, Estimate pdBA) {}

  /**
   * PD_AB : PA_AB : PA_BA : PD_BA, each divided by the first, under three normalisations. Entries
   * are null where they cannot be estimated.
   */
  record Ratio(
      List<@Nullable Double> pooled,
      List<@Nullable Double> pooledSe,
      List<@Nullable Double> absolute,
      List<@Nullable Double> absoluteSe,
      List<@Nullable Double> r3,
      List<@Nullable Double> r3Se) {}

  /**
   * @param closure f(0) against N log V, null without β=0
   * @param smcAgreement log Z by replica exchange minus by SMC, null without SMC
   * @param rHatMax worst R̂, null while too short
   */
  record Checks(
      @Nullable Measured closure,
      @Nullable Measured smcAgreement,
      @Nullable Double rHatMax,
      boolean converged) {}

  /** A value and its standard error. */
  record Measured(double value, double se) {}

  /**
   * Counts on a z_A × z_B grid, log10, row-major by z_A; null where nothing was observed.
   *
   * @param edgesA edges along z_A, nats per token
   * @param edgesB edges along z_B, nats per token
   */
  record Density(
      List<Double> edgesA, List<Double> edgesB, List<List<@Nullable Double>> log10Count) {}

  /**
   * @param id within the comparison
   * @param direction {@code AB} or {@code BA}: whose campaign found it
   * @param zA NLL under A, nats per token
   * @param zB NLL under B, nats per token
   * @param log10Weight log10 of the number of inputs it stands for
   * @param ids token ids
   * @param tokens vocabulary strings
   * @param text decoded text
   */
  record Input(
      String id,
      String direction,
      double zA,
      double zB,
      double log10Weight,
      List<Integer> ids,
      List<String> tokens,
      String text) {
    /** D = z_A − z_B, nats per token. */
    public double d() {
      return zA - zB;
    }
  }

  /** A file to hand out. */
  record Export(String fileName, String mediaType, byte[] bytes) {}

  /**
   * @param evaluationsPerSecond measured by the pilot, both models together
   * @param evaluations expected need
   * @param seconds expected duration
   * @param sentence in words
   */
  record Forecast(
      double evaluationsPerSecond, double evaluations, double seconds, String sentence) {}

  /**
   * @param edges NLL bin edges, nats per token
   * @param perBeta a histogram of samples per β
   * @param sentences NLL of each given sentence, null where it has no scored token
   */
  record ZPicture(List<Double> edges, List<BetaHistogram> perBeta, List<SentenceNll> sentences) {}

  /** Counts of samples at one inverse temperature. */
  record BetaHistogram(double beta, List<Integer> counts, double median) {}

  /** NLL of a sentence, nats per token, over so many tokens. */
  record SentenceNll(String text, @Nullable Double nll, int tokens) {}
}
