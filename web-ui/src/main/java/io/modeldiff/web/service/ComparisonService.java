package io.modeldiff.web.service;

import io.modeldiff.web.access.Caller;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusQuery;
import io.modeldiff.web.result.inputs.Input;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.TextMix;
import java.nio.file.Path;
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
  ComparisonDocument result(String id, double lambda);

  /** Where the samples lie: z_A against z_B. */
  Density density(String id);

  /** Representative inputs: drawn with their weights, in pages. */
  InputPage inputs(String id, InputQuery query);

  /** What kind of text the inputs of a range are. */
  TextMix mix(String id, InputQuery query);

  /** One representative input. */
  Input input(String id, String inputId);

  /** A corpus as the input space, beside the sampled result. It runs on the caller's thread. */
  CorpusDocument corpus(String id, CorpusQuery query);

  /** Starts both campaigns (or reuses equal ones) and the comparison; answers its id at once. */
  String start(Spec spec, Caller who);

  /** Ends the comparison and the campaigns that it started. */
  void cancel(String id, String reason, Caller who);

  /** Delivers a summary whenever something changed until the subscription is closed. */
  Subscription watch(String id, Consumer<Summary> listener);

  /**
   * A file of the result.
   *
   * @param what {@code document}, {@code report} or a table: results, histograms, sweeps, samples,
   *     dictionary
   * @param format {@code csv}, {@code json} or {@code parquet} for a table; without meaning for the
   *     others
   */
  Export export(String id, String what, String format);

  /** Reads the journal anew and says whether the same document comes of it. */
  Rebuilt rebuild(String id, Caller who);

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
   * @param headline the result in one sentence; null until there is one
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
      @Nullable String headline,
      @Nullable String campaignA,
      @Nullable String campaignB,
      Instant created,
      String createdBy) {}

  /**
   * Counts on a z_A × z_B grid, log10, row-major by z_A; null where nothing was observed.
   *
   * @param edgesA edges along z_A, nats per token
   * @param edgesB edges along z_B, nats per token
   */
  record Density(
      List<Double> edgesA, List<Double> edgesB, List<List<@Nullable Double>> log10Count) {}

  /**
   * A file to hand out.
   *
   * @param path where it lies; its reader deletes it
   */
  record Export(String fileName, String mediaType, Path path) {}

  /**
   * A result computed anew from the journal.
   *
   * @param identical whether it is the document that was served before, to the last digit
   * @param sha256 of the document
   */
  record Rebuilt(boolean identical, String sha256) {}

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
