package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.lm.LanguageModel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One model of a {@link ModelHost} with its thread. The model is loaded by the first work. */
final class HostedModel implements AutoCloseable {
  private final ModelRef ref;
  private final ModelSource source;
  private final Duration callLimit;
  private final Duration loadLimit;
  private final ExecutorService thread;
  private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();
  private volatile @Nullable LanguageModel model;
  private volatile long busySince;
  private volatile boolean loading;
  private volatile boolean abandoned;

  HostedModel(ModelRef ref, ModelSource source, Duration callLimit, Duration loadLimit) {
    this.ref = ref;
    this.source = source;
    this.callLimit = callLimit;
    this.loadLimit = loadLimit;
    this.thread =
        Executors.newSingleThreadExecutor(r -> ModelHost.daemon(r, "model-" + ref.name()));
  }

  ModelRef ref() {
    return ref;
  }

  <T> CompletionStage<T> submit(ModelHost.Work<T> work) {
    CompletableFuture<T> result = ModelHost.pending();
    waiting.add(result);
    try {
      thread.execute(() -> run(work, result));
    } catch (RejectedExecutionException e) {
      waiting.remove(result);
      result.completeExceptionally(new ModelCallHung(ref.name(), callLimit));
    }
    return result;
  }

  private <T> void run(ModelHost.Work<T> work, CompletableFuture<T> result) {
    if (abandoned) {
      return;
    }
    busySince = System.nanoTime() | 1;
    try {
      result.complete(work.run(loaded()));
    } catch (Throwable e) { // also linkage and out-of-memory errors: the caller must learn of them
      result.completeExceptionally(e);
    } finally {
      busySince = 0;
      waiting.remove(result);
    }
  }

  private LanguageModel loaded() {
    LanguageModel known = model;
    if (known == null) {
      loading = true;
      try {
        known = source.load(ref);
        model = known;
      } finally {
        loading = false;
        busySince = System.nanoTime() | 1;
      }
    }
    return known;
  }

  boolean isHung() {
    long since = busySince;
    Duration limit = loading ? loadLimit : callLimit;
    return since != 0 && System.nanoTime() - since > limit.toNanos();
  }

  /** Fails everything that waits; the thread ends by itself should the call ever come back. */
  void abandon() {
    abandoned = true;
    thread.shutdown();
    ModelCallHung why = new ModelCallHung(ref.name(), callLimit);
    waiting.forEach(f -> f.completeExceptionally(why));
    waiting.clear();
  }

  @Override
  public void close() {
    thread.execute(
        () -> {
          LanguageModel known = model;
          if (known != null) {
            known.close();
          }
        });
    thread.shutdown();
  }
}
