package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.lm.LanguageModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of one process: each is loaded once, verified, and worked by a thread of its own, away
 * from the actors' dispatchers. A call that does not come back in time is given up together with
 * its thread and model; the next call gets a freshly loaded one.
 */
public final class ModelHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelHost.class);

  /** Work on a loaded model, confined to the model's thread. */
  @FunctionalInterface
  public interface Work<T> {
    T run(LanguageModel model) throws Exception;
  }

  private final ModelSource source;
  private final Duration callLimit;
  private final Duration loadLimit;
  private final Map<String, HostedModel> models = new HashMap<>();
  private final AtomicInteger hung = new AtomicInteger();
  private volatile BooleanSupplier leave = () -> false;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "model-watchdog"));

  /**
   * A host without models yet.
   *
   * @param callLimit after which a running call counts as hung; waiting in the queue does not count
   * @param loadLimit the same for loading
   */
  public ModelHost(ModelSource source, Duration callLimit, Duration loadLimit) {
    this.source = source;
    this.callLimit = callLimit;
    this.loadLimit = loadLimit;
    long every = Math.max(10, Math.min(1000, callLimit.toMillis() / 4));
    watchdog.scheduleWithFixedDelay(this::giveUpHung, every, every, TimeUnit.MILLISECONDS);
  }

  static Thread daemon(Runnable r, String name) {
    Thread thread = new Thread(r, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs work on a model, after everything handed in before for the same model. Fails with {@link
   * ModelCallHung} when it does not come back, with the loader's exception when the model cannot be
   * had, with the work's own otherwise.
   */
  public <T> CompletionStage<T> submit(ModelRef ref, Work<T> work) {
    return hosted(ref).submit(work);
  }

  /** How many calls were given up so far. */
  public int hungCalls() {
    return hung.get();
  }

  /** Says how this worker gives its work to others, which is true when there are others. */
  public void onHopeless(BooleanSupplier leaveWork) {
    leave = leaveWork;
  }

  /**
   * Calls hang here time after time: gives the work to other workers.
   *
   * @return false when there is no other worker
   */
  boolean moveAway() {
    return leave.getAsBoolean();
  }

  private synchronized HostedModel hosted(ModelRef ref) {
    return models.computeIfAbsent(
        key(ref), k -> new HostedModel(ref, source, callLimit, loadLimit));
  }

  private static String key(ModelRef ref) {
    return ref.hash() + "/" + ref.dtype();
  }

  private synchronized void giveUpHung() {
    models
        .entrySet()
        .removeIf(
            e -> {
              HostedModel model = e.getValue();
              if (!model.isHung()) {
                return false;
              }
              LOG.error(
                  "A call of model {} hangs; its thread is given up and the model loaded again",
                  model.ref().name());
              hung.incrementAndGet();
              model.abandon();
              return true;
            });
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
    synchronized (this) {
      models.values().forEach(HostedModel::close);
      models.clear();
    }
  }

  /** A future that is completed where nobody else can complete it. */
  static <T> CompletableFuture<T> pending() {
    return new CompletableFuture<>();
  }
}
