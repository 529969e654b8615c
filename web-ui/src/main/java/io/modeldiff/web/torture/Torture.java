package io.modeldiff.web.torture;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.CampaignDigest.Fingerprint;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.web.live.LiveControl;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.torture.FaultSchedule.Strike;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs the same work twice, once in peace in one process and once on a cluster of processes that
 * are killed, paused, joined and drained by a seeded schedule, and says whether anything was lost,
 * stored twice or came out differently.
 */
public final class Torture {
  private static final long TEND_EVERY_MILLIS = 50;
  private static final int WORKERS = 2;
  private static final int ROUNDS_OF_PROGRESS = 4;

  private final Path folder;
  private final long seed;
  private final int faults;
  private final TortureWork work;
  private final Duration patience;
  private final Consumer<String> say;
  private final BooleanSupplier stop;
  private final Map<String, Integer> kinds = new TreeMap<>();
  private final List<Double> secondsToProgress = new ArrayList<>();
  private long roundsAtKill;
  private long killedAt;

  /**
   * A torture.
   *
   * @param folder empty; data directories and logs of all processes go there
   * @param evaluations budget of each of the two campaigns
   * @param patience for the disturbed run to finish
   * @param stop asked now and then whether to give up
   */
  public Torture(
      Path folder,
      ModelDirectory a,
      ModelDirectory b,
      long seed,
      int faults,
      long evaluations,
      Duration patience,
      Consumer<String> say,
      BooleanSupplier stop) {
    this.folder = folder;
    this.seed = seed;
    this.faults = faults;
    this.work = TortureWork.of(a, b, seed, evaluations);
    this.patience = patience;
    this.say = say;
    this.stop = stop;
  }

  /** What a run leaves: fingerprints of both histories, and the result as JSON. */
  private record Left(List<Fingerprint> histories, String result) {}

  /** Runs it all. No process outlives this one, unless this one is killed with -9. */
  public TortureReport run() throws InterruptedException {
    Thread hook = new Thread(this::endEverything, "torture-exit");
    Runtime.getRuntime().addShutdownHook(hook);
    TortureReport report = runAll();
    Runtime.getRuntime().removeShutdownHook(hook);
    return report;
  }

  private void endEverything() {
    ChildProcess.killAll();
    for (Path data : List.of(calmData(), TortureCluster.data(clusterFolder()))) {
      Signals.store(data).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private Path calmData() {
    return folder.resolve("calm");
  }

  private Path clusterFolder() {
    return folder.resolve("cluster");
  }

  private TortureReport runAll() throws InterruptedException {
    long began = System.nanoTime();
    Left calm = inPeace();
    say.accept("The undisturbed run is done; now with faults.");
    TortureClient client;
    int restarts;
    TortureCluster cluster = TortureCluster.start(clusterFolder(), WORKERS, say);
    try (cluster) {
      client = disturbed(cluster);
      restarts = cluster.restarts();
    } finally {
      cluster.stopStore();
    }
    try (Inspection inspection = Inspection.of(cluster.data(), sentence -> {})) {
      return report(inspection, client, calm, restarts, began);
    }
  }

  private TortureReport report(
      Inspection inspection, TortureClient client, Left calm, int restarts, long began)
      throws InterruptedException {
    Inspection.Journal journal = inspection.journal();
    Inspection.Retold retold = inspection.retold(work.campaigns(), client.requests());
    long lost = journal.missing().size() + retold.missingRequests();
    long acknowledged = client.requests().size();
    for (Map.Entry<String, Long> seen : client.rounds().entrySet()) {
      acknowledged += seen.getValue();
      lost += Math.max(0, seen.getValue() - retold.rounds().getOrDefault(seen.getKey(), 0L));
    }
    boolean identical = left(inspection).equals(calm);
    List<String> different = inspection.differencesToRebuild();
    return new TortureReport(
        kinds.values().stream().mapToInt(Integer::intValue).sum(),
        seed,
        lost,
        retold.repeated(),
        identical,
        different.isEmpty(),
        kinds,
        restarts,
        acknowledged,
        journal.events(),
        journal.twice().size(),
        List.copyOf(secondsToProgress),
        different,
        Duration.ofNanos(System.nanoTime() - began).toSeconds());
  }

  private Left left(Inspection inspection) {
    List<Fingerprint> histories = new ArrayList<>();
    work.campaigns().forEach(id -> histories.add(inspection.fingerprint(id)));
    return new Left(histories, inspection.result(work.comparison().id()));
  }

  /** The undisturbed run: a platform with every role in this process. */
  private Left inPeace() throws InterruptedException {
    PlatformOptions options = PlatformOptions.local(calmData());
    try (RunningPlatform platform = RunningPlatform.start(options, "cpu", sentence -> {})) {
      await(start(() -> Optional.of(access(platform))), () -> {});
      return left(new Inspection(platform.platform()));
    }
  }

  private static TortureClient.Access access(RunningPlatform platform) {
    return new TortureClient.Access(
        new LiveControl(platform),
        comparison -> {
          var status = RunningPlatform.await(platform.comparisons().view(comparison)).status();
          return status == ComparisonStatus.COMPLETED ? TortureClient.DONE : status.word();
        });
  }

  private TortureClient start(Supplier<Optional<TortureClient.Access>> api) {
    TortureClient client = new TortureClient(api, work);
    Thread thread = new Thread(client, "torture-client");
    thread.setDaemon(true);
    thread.start();
    return client;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws InterruptedException;
  }

  private void await(TortureClient client, Step meanwhile) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!client.finished()) {
      if (client.failure() != null) {
        throw UserException.failed("The work failed, seed " + seed + ": " + client.failure());
      }
      if (stop.getAsBoolean() || System.nanoTime() - deadline > 0) {
        throw UserException.failed(
            String.format(
                Locale.ROOT,
                "The work was at %.0f%% when it was given up, seed %d; the logs are in %s.",
                100 * client.share(),
                seed,
                folder));
      }
      meanwhile.run();
      Thread.sleep(TEND_EVERY_MILLIS);
    }
  }

  private TortureClient disturbed(TortureCluster cluster) throws InterruptedException {
    Deque<Strike> strikes = new ArrayDeque<>(FaultSchedule.draw(seed, faults));
    TortureClient client = start(cluster::api);
    await(
        client,
        () -> {
          cluster.tend();
          progressed(client);
          Strike next = strikes.peek();
          if (next != null && client.share() >= next.at() && cluster.strike(next)) {
            strikes.remove();
            kinds.merge(word(next.fault()), 1, Integer::sum);
            say.accept(words(faults - strikes.size(), next));
            if (next.fault() == Fault.KILL_WORKER) {
              roundsAtKill = client.roundsSeen();
              killedAt = System.nanoTime();
            }
          }
        });
    return client;
  }

  /** Each campaign may close one more round without the killed worker, so four are progress. */
  private void progressed(TortureClient client) {
    if (killedAt != 0 && client.roundsSeen() >= roundsAtKill + ROUNDS_OF_PROGRESS) {
      secondsToProgress.add((System.nanoTime() - killedAt) / 1e9);
      killedAt = 0;
    }
  }

  private static String word(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String words(int number, Strike strike) {
    return String.format(
        Locale.ROOT,
        "%2d of %d at %2.0f%% of the work: %s (%.1f s)",
        number,
        faults,
        100 * strike.at(),
        strike.fault().words(),
        strike.lasts().toMillis() / 1e3);
  }
}
