package io.modeldiff.web.compare;

import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.replica.campaign.CampaignStatus;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.replica.comparison.ComparisonView;
import io.modeldiff.web.platform.RunningPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs both campaigns and their comparison on a running platform and waits for the result. The same
 * request on the same data goes on where it was: every id is a function of the request.
 */
public final class CompareRun {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration LIVE_RESULT = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Consumer<String> say;
  private final RunningPlatform platform;
  private final CompareRequest request;
  private final ComparisonSpec spec;
  private final ComparisonAnalysis analysis;
  private final @Nullable TargetStop stop;

  /** A run of a request. */
  public CompareRun(RunningPlatform platform, CompareRequest request) {
    this(platform, request, sentence -> {});
  }

  /**
   * A run of a request.
   *
   * @param say told in a sentence what is waited for
   */
  public CompareRun(RunningPlatform platform, CompareRequest request, Consumer<String> say) {
    this.say = say;
    this.platform = platform;
    this.request = request;
    this.spec =
        Comparisons.spec(
            List.of(request.a(), request.b()),
            request.lambda(),
            request.bin(),
            request.a().targetError(),
            0);
    this.analysis = platform.analysis(spec.id());
    Double target = request.a().targetError();
    this.stop = target == null ? null : new TargetStop(platform, analysis, target);
  }

  /** How far it is. */
  public record Progress(
      CampaignView a, CampaignView b, ComparisonView comparison, @Nullable Outcome live) {
    /** Evaluations of both campaigns so far. */
    public double evaluations() {
      return a.evaluations() + b.evaluations();
    }
  }

  /** Told about progress; throws or asks to stop through the monitor. */
  @FunctionalInterface
  public interface Listener {
    /** Called several times a second. */
    void progress(Progress progress);
  }

  /** The comparison's id. */
  public String comparison() {
    return spec.id();
  }

  /** Starts or finds everything. Waits while the store is away. */
  public void start(Cause cause, WorkMonitor monitor) throws InterruptedException {
    StorePatience patience = patience(monitor);
    patience.until(() -> RunningPlatform.await(platform.campaigns().start(request.a(), cause)));
    patience.until(() -> RunningPlatform.await(platform.campaigns().start(request.b(), cause)));
    patience.until(() -> RunningPlatform.await(platform.comparisons().start(spec, cause)));
  }

  private StorePatience patience(WorkMonitor monitor) {
    return new StorePatience(platform.platform().store().health(), monitor, say);
  }

  /**
   * Waits until the comparison is complete.
   *
   * @throws UserException when a campaign cannot go on, or nobody let it
   */
  public Outcome await(Listener listener, WorkMonitor monitor) throws InterruptedException {
    @Nullable Outcome live = null;
    long nextLive = System.nanoTime() + LIVE_RESULT.toNanos();
    long nextLook = System.nanoTime();
    StorePatience patience = patience(monitor);
    while (true) {
      if (monitor.stopRequested()) {
        throw new CancellationException("stopped");
      }
      CampaignView a = patience.until(() -> view(request.a()));
      CampaignView b = patience.until(() -> view(request.b()));
      ComparisonView c =
          patience.until(() -> RunningPlatform.await(platform.comparisons().view(comparison())));
      requireGoing(a);
      requireGoing(b);
      requireGoing(c);
      if (c.status() == ComparisonStatus.COMPLETED) {
        return patience.until(
            () -> {
              if (stop != null) {
                stop.stopWhereMet(a, b);
              }
              return result();
            });
      }
      if (stop != null && System.nanoTime() > nextLook && stop.isDue(a, b)) {
        patience.until(() -> stop.stopWhereMet(a, b));
        nextLook = System.nanoTime() + LOOK.toNanos();
      }
      if (System.nanoTime() > nextLive) {
        live = patience.until(() -> Optional.ofNullable(analysis.outcome())).orElse(null);
        nextLive = System.nanoTime() + LIVE_RESULT.toNanos();
      }
      listener.progress(new Progress(a, b, c, live));
      Thread.sleep(POLL.toMillis());
    }
  }

  private CampaignView view(CampaignSpec campaign) {
    return RunningPlatform.await(
        platform.campaigns().view(io.modeldiff.core.campaign.CampaignSpecs.id(campaign)));
  }

  private static void requireGoing(CampaignView view) {
    if (view.status() == CampaignStatus.FAILED) {
      throw UserException.failed(
          "Campaign " + view.campaign() + " cannot go on: " + view.failure());
    }
    if (view.status() == CampaignStatus.CANCELLED) {
      throw UserException.failed(
          "Campaign " + view.campaign() + " was cancelled; start another one with another --seed.");
    }
    if (view.status() == CampaignStatus.PAUSED) {
      throw UserException.failed(
          "Campaign "
              + view.campaign()
              + " is paused; let it go on with 'modeldiff campaign resume "
              + view.campaign()
              + "'.");
    }
  }

  private static void requireGoing(ComparisonView view) {
    if (view.status() == ComparisonStatus.FAILED) {
      throw UserException.failed(
          "Comparison " + view.comparison() + " cannot go on: " + view.failure());
    }
  }

  /** A result that rests on no sample of a side is none: says what to do instead. */
  private static void requireSamples(String side, ComparisonAnalysis.Side of, CountEstimate count) {
    if (count.observed()) {
      return;
    }
    CampaignSpec spec = of.campaign().spec();
    throw UserException.failed(
        String.format(
            Locale.ROOT,
            "No sample of model %s (%s) lies in Z=%s after %,d evaluations: its samples had NLLs from"
                + " %.3f to %.3f; choose a Z among these, or raise --evaluations.",
            side,
            spec.model().name(),
            spec.z(),
            of.campaign().positions() / spec.space().length(),
            of.input().extent().lowestOwn(),
            of.input().extent().highestOwn()));
  }

  private Outcome result() {
    Outcome outcome = analysis.outcome(request.lambda(), request.bin());
    if (outcome == null) {
      throw UserException.failed(
          "No round counts within the budget: raise --evaluations, or lower --lanes.");
    }
    requireSamples("A", outcome.a(), outcome.result().countA());
    requireSamples("B", outcome.b(), outcome.result().countB());
    return outcome;
  }
}
