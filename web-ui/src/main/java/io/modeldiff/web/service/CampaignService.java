package io.modeldiff.web.service;

import io.modeldiff.web.access.Caller;
import io.modeldiff.web.result.Bins;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Campaigns: the sampling of one model over one input space. */
public interface CampaignService extends CampaignControl {
  /** Newest first. */
  List<Summary> list(int limit);

  /**
   * One campaign.
   *
   * @throws NotFoundException when there is none with this id
   */
  Detail get(String id);

  /** Starts a campaign and answers its id at once. */
  String start(Spec spec, Caller who);

  /** Stops after the current round, to be resumed. */
  void pause(String id, String reason, Caller who);

  /** Goes on where it stopped. */
  void resume(String id, Caller who);

  /** Ends for good; what was sampled stays. */
  void cancel(String id, String reason, Caller who);

  /** Allows so many evaluations more. */
  void extend(String id, long evaluations, Caller who);

  /** Starts the same specification again under another seed and answers the new id. */
  String cloneOf(String id, long seed, Caller who);

  /** Delivers a summary after every round until the subscription is closed. */
  Subscription watch(String id, Consumer<Summary> listener);

  /**
   * What to sample.
   *
   * @param method {@code tempering}, {@code smc}, {@code paper} or {@code wang-landau}
   * @param kernels names of local moves, empty for the default
   * @param lanes independent chains per rung
   * @param seed of all randomness
   * @param evaluations most model evaluations, or null for no limit
   * @param targetError relative standard error at which to stop, or null
   */
  record Spec(
      String model,
      SpaceSpec space,
      String method,
      List<String> kernels,
      int lanes,
      long seed,
      @Nullable Long evaluations,
      @Nullable Double targetError) {}

  /**
   * Where a campaign stands.
   *
   * @param round rounds closed
   * @param evaluations full-sequence-equivalent forward passes so far
   * @param budget most evaluations, or null
   * @param progress share of the budget used, 0..1, or null without a budget
   * @param evaluationsPerSecond current rate, or null when not running
   * @param etaSeconds expected remaining time, or null when unknown
   * @param healthy false when something needs a look
   * @param health one sentence on convergence or trouble
   */
  record Summary(
      String id,
      String model,
      SpaceSpec space,
      Phase phase,
      long round,
      long evaluations,
      @Nullable Long budget,
      @Nullable Double progress,
      @Nullable Double evaluationsPerSecond,
      @Nullable Double etaSeconds,
      boolean healthy,
      String health,
      Instant created,
      String createdBy) {}

  /**
   * All that the campaign page shows.
   *
   * @param ladder inverse temperatures, rung 0 first
   * @param rungs diagnostics per rung
   * @param lambda Λ, the sum of rejections over neighbouring pairs, or null before any swap
   * @param roundTrips complete trips of a lane from the first rung to the last and back
   * @param convergence what decides whether the result can be trusted
   * @param rhoZ ρ(z) so far, or null before the first estimate
   * @param errorTrend relative standard error of the number of inputs in Z over rounds
   * @param traces energy of one lane per rung over rounds
   * @param paths β index of some lanes over rounds
   * @param workers who computes
   * @param history who did what, oldest first
   */
  record Detail(
      Summary summary,
      Spec spec,
      List<Double> ladder,
      List<Rung> rungs,
      @Nullable Double lambda,
      long roundTrips,
      Convergence convergence,
      @Nullable Bins rhoZ,
      Series errorTrend,
      List<Series> traces,
      List<Series> paths,
      List<Worker> workers,
      List<HistoryEntry> history) {}

  /**
   * @param beta inverse temperature
   * @param swapRejection share of refused swaps with the next rung, null for the last
   * @param acceptance share of accepted local moves, or null when none were tried
   * @param rHat split rank-normalised R̂ of the energy over lanes, or null while too short
   * @param bulkEss bulk effective sample size, or null while too short
   * @param tailEss tail effective sample size, or null while too short
   * @param meanZ mean NLL, nats per token
   */
  record Rung(
      double beta,
      @Nullable Double swapRejection,
      @Nullable Double acceptance,
      @Nullable Double rHat,
      @Nullable Double bulkEss,
      @Nullable Double tailEss,
      @Nullable Double meanZ) {}

  /**
   * @param converged whether every required check passed; null while too early to say
   * @param verdict in one or two sentences
   * @param checks each in words
   */
  record Convergence(@Nullable Boolean converged, String verdict, List<Check> checks) {}

  /**
   * @param name e.g. {@code rHat}
   * @param passed null where there is nothing to check it by
   * @param sentence what it says in words
   */
  record Check(String name, @Nullable Boolean passed, String sentence) {}

  /** A line over rounds. */
  record Series(String name, List<Long> x, List<Double> y) {}

  /**
   * @param rungs rungs that it computes
   * @param evaluationsPerSecond current rate, or null when unknown
   */
  record Worker(String name, String device, String rungs, @Nullable Double evaluationsPerSecond) {}

  /** Who did what, when and why. */
  record HistoryEntry(Instant at, String who, String what, String why) {}
}
