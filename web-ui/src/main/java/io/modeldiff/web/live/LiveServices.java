package io.modeldiff.web.live;

import io.modeldiff.analysis.lmdiff.compat.OriginalApi;
import io.modeldiff.core.registry.LocalModels;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.Services;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The services of a running platform: {@code LiveServices.start(platform, access, "cpu")}, to be
 * handed to {@code DashboardServer} and {@code ApiServer}, and closed after both.
 */
public final class LiveServices implements AutoCloseable {
  private static final int THREADS = 16;

  private final ExecutorService background;
  private final LiveJobs jobs = new LiveJobs();
  private final ModelPool pool;
  private final Services services;
  private final OriginalApi originalApi;
  private final Targets targets;
  private final RunningPlatform platform;
  private final LiveCampaigns campaigns;
  private final LiveComparisons comparisons;
  private @Nullable Keeper keeper;

  private LiveServices(RunningPlatform platform, AccessControl access, String device) {
    AtomicInteger number = new AtomicInteger();
    this.background =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "service-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.pool = new ModelPool(device);
    LocalModels local = new LocalModels(platform.platform().directory().layout().models());
    LiveModels models = new LiveModels(platform.replicas().registry(), local, pool, jobs);
    this.originalApi = new LiveOriginalApi(platform, models, pool);
    this.platform = platform;
    String version = CodeVersion.ours();
    this.campaigns = new LiveCampaigns(platform, models, pool, version);
    this.comparisons = new LiveComparisons(platform, models, pool, background, version);
    this.targets = new Targets(platform, background);
    this.services =
        new Services(
            access,
            models,
            campaigns,
            comparisons,
            new LiveCorpora(platform, models, pool, jobs),
            new LiveInstances(models, pool, comparisons::placements),
            new LiveAnnotations(platform, comparisons),
            jobs,
            new LiveSystem(platform),
            background);
  }

  /**
   * The services of a platform.
   *
   * @param device where single texts are scored: {@code cpu}, {@code cuda} or {@code auto}
   */
  public static LiveServices start(RunningPlatform platform, AccessControl access, String device) {
    return new LiveServices(platform, access, device);
  }

  /**
   * Has finished work computed and kept before anybody opens it. For processes that stay: a command
   * would leave in the middle of it.
   */
  public LiveServices keeping() {
    keeper = new Keeper(platform, comparisons, campaigns, background);
    return this;
  }

  /** What pages and routes call. */
  public Services services() {
    return services;
  }

  /** LMdiff's own API over this platform's models and corpora. */
  public OriginalApi originalApi() {
    return originalApi;
  }

  @Override
  public void close() {
    targets.close();
    jobs.close();
    if (keeper != null) {
      keeper.close();
    }
    background.shutdown();
    pool.close();
  }
}
