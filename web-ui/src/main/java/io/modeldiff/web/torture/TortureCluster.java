package io.modeldiff.web.torture;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.remote.ServerFile;
import io.modeldiff.web.torture.FaultSchedule.Strike;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator with its Cassandra and some workers as processes on loopback, and somebody who
 * starts again what has died, as a container engine would.
 */
final class TortureCluster implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(4);
  private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_WORKERS = 3;
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final String WORKING = "Working for the cluster";
  private static final String CLUSTER = "The cluster is at ";

  private final Path folder;
  private final Consumer<String> say;
  private final List<Due> due = new ArrayList<>();
  private final List<ChildProcess> resting = new ArrayList<>();
  private final List<ChildProcess> leaving = new ArrayList<>();
  private final TreeMap<Integer, ChildProcess> workers = new TreeMap<>();
  private @Nullable ChildProcess coordinator;
  private String join = "";
  private String store = "";
  private int started;
  private int namedWorkers;
  private int restarts;

  /** Something that is to be done at a moment. */
  private record Due(long nanos, Step step) {}

  @FunctionalInterface
  private interface Step {
    void run() throws InterruptedException;
  }

  private TortureCluster(Path folder, Consumer<String> say) {
    this.folder = folder;
    this.say = say;
  }

  /** Starts a coordinator and workers and returns when all are up. */
  static TortureCluster start(Path folder, int workers, Consumer<String> say)
      throws InterruptedException {
    TortureCluster cluster = new TortureCluster(folder, say);
    boolean up = false;
    try {
      cluster.startAll(workers);
      up = true;
      return cluster;
    } finally {
      if (!up) {
        cluster.close();
        cluster.stopStore();
      }
    }
  }

  private void startAll(int count) throws InterruptedException {
    startCoordinator();
    ChildProcess first = present();
    join =
        first
            .awaitNote(CLUSTER, START_PATIENCE)
            .orElseThrow(() -> died("the coordinator", first))
            .replaceAll("[.]$", "");
    store = first.note("Cassandra answers at ").orElseThrow().replaceAll("[.]$", "");
    if (first.awaitNote("API:", START_PATIENCE).isEmpty()) {
      throw died("the coordinator", first);
    }
    for (int i = 0; i < count; i++) {
      startWorker(namedWorkers++);
    }
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (workers.values().stream().anyMatch(w -> w.note(WORKING).isEmpty())) {
      if (System.nanoTime() - deadline > 0) {
        throw died("a worker", workers.firstEntry().getValue());
      }
      tend();
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private static UserException died(String what, ChildProcess process) {
    return UserException.failed(
        "The process of " + what + " did not come up; it said: " + process.notes().strip());
  }

  private ChildProcess present() {
    ChildProcess process = coordinator;
    if (process == null) {
      throw new IllegalStateException("the coordinator was not started");
    }
    return process;
  }

  /** Where the coordinator keeps its data and its Cassandra's. */
  Path data() {
    return data(folder);
  }

  /** The same for a cluster in this folder. */
  static Path data(Path folder) {
    return folder.resolve("coordinator");
  }

  private void startCoordinator() {
    coordinator =
        ChildProcess.start(
            folder.resolve("logs"),
            "coordinator-" + started++,
            List.of("serve", "--roles", "coordinator,web", "--data", data().toString()));
  }

  private void startWorker(int number) {
    // A coordinator that came back may have had to take another port.
    join = present().note(CLUSTER).orElse(join).replaceAll("[.]$", "");
    String data = folder.resolve("worker-" + number).toString();
    List<String> command = List.of("worker", "--join", join, "--cassandra", store, "--data", data);
    workers.put(
        number,
        ChildProcess.start(folder.resolve("logs"), "worker-" + number + "-" + started++, command));
  }

  /** The API, when the coordinator has one at present. */
  Optional<TortureClient.Access> api() {
    return ServerFile.of(data())
        .read()
        .map(url -> new RemoteControl(url, null))
        .map(remote -> new TortureClient.Access(remote, remote::comparisonPhase));
  }

  /** Does what is due and starts again what has died. */
  void tend() throws InterruptedException {
    long now = System.nanoTime();
    for (Due d : List.copyOf(due)) {
      if (d.nanos() - now <= 0) {
        due.remove(d);
        d.step().run();
      }
    }
    if (!present().alive() && noneDueFor(present())) {
      restarts++;
      say.accept("  the coordinator is started again");
      startCoordinator();
    }
    for (var worker : List.copyOf(workers.entrySet())) {
      if (!worker.getValue().alive() && noneDueFor(worker.getValue())) {
        restarts++;
        say.accept("  worker " + worker.getKey() + " is started again");
        startWorker(worker.getKey());
      }
    }
  }

  private boolean noneDueFor(ChildProcess process) {
    return !resting.contains(process);
  }

  /** Leaves a dead process dead for a while. */
  private void rest(ChildProcess process, Duration time) {
    resting.add(process);
    after(time, () -> resting.remove(process));
  }

  private void after(Duration time, Step step) {
    due.add(new Due(System.nanoTime() + time.toNanos(), step));
  }

  /** How often a process was started again. */
  int restarts() {
    return restarts;
  }

  /** Lets a fault strike; false when there is nothing that it could strike. */
  boolean strike(Strike strike) throws InterruptedException {
    return switch (strike.fault()) {
      case KILL_WORKER -> kill(worker(strike), strike);
      case KILL_COORDINATOR -> kill(present(), strike);
      case KILL_STORE -> killStore();
      case PAUSE_WORKER -> pause(worker(strike), strike);
      case PAUSE_COORDINATOR -> pause(present(), strike);
      case PAUSE_STORE -> pauseStore(strike);
      case WORKER_JOINS -> joinOne(strike);
      case WORKER_LEAVES -> leave(strike);
    };
  }

  private @Nullable ChildProcess worker(Strike strike) {
    List<ChildProcess> alive = workers.values().stream().filter(ChildProcess::alive).toList();
    return alive.isEmpty() ? null : alive.get(strike.choice() % alive.size());
  }

  private boolean kill(@Nullable ChildProcess process, Strike strike) throws InterruptedException {
    if (process == null || !process.alive()) {
      return false;
    }
    process.kill();
    rest(process, strike.lasts());
    return true;
  }

  private boolean pause(@Nullable ChildProcess process, Strike strike) throws InterruptedException {
    if (process == null || !process.alive()) {
      return false;
    }
    process.pause();
    after(strike.lasts(), process::goOn);
    return true;
  }

  private boolean killStore() throws InterruptedException {
    Optional<ProcessHandle> running = Signals.store(data());
    if (running.isEmpty()) {
      return false;
    }
    Signals.kill(running.get());
    return true;
  }

  private boolean pauseStore(Strike strike) throws InterruptedException {
    Optional<ProcessHandle> running = Signals.store(data());
    if (running.isEmpty()) {
      return false;
    }
    long pid = running.get().pid();
    Signals.pause(pid);
    after(strike.lasts(), () -> Signals.goOn(pid));
    return true;
  }

  /** One joins; when there are many, another one leaves for it. */
  private boolean joinOne(Strike strike) {
    startWorker(namedWorkers++);
    if (workers.size() > MOST_WORKERS) {
      leave(strike);
    }
    return true;
  }

  /** One leaves in good order; when it is the last one, another joins first. */
  private boolean leave(Strike strike) {
    ChildProcess one = worker(strike);
    if (one == null) {
      return false;
    }
    if (workers.size() < 2) {
      startWorker(namedWorkers++);
    }
    workers.values().remove(one);
    one.askToEnd();
    leaving.add(one);
    return true;
  }

  /** Ends every process in good order, workers first, what stands still included. */
  @Override
  public void close() throws InterruptedException {
    for (Due d : List.copyOf(due)) {
      d.step().run();
    }
    due.clear();
    workers.values().forEach(ChildProcess::askToEnd);
    for (ChildProcess worker : workers.values()) {
      worker.terminate(LEAVE_PATIENCE);
    }
    for (ChildProcess worker : leaving) {
      worker.terminate(LEAVE_PATIENCE);
    }
    ChildProcess last = coordinator;
    if (last != null) {
      last.terminate(LEAVE_PATIENCE);
    }
  }

  /** Ends the Cassandra that a coordinator left behind when it was killed. */
  void stopStore() throws InterruptedException {
    Optional<ProcessHandle> left = Signals.store(data());
    if (left.isPresent()) {
      Signals.kill(left.get());
    }
  }
}
