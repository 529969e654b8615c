package io.modeldiff.analysis.history;

import io.modeldiff.analysis.reweighting.SmcWeights;
import io.modeldiff.core.campaign.SmcEvent;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.JournalReader;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.japi.Pair;

/** Reads histories from the journal. Blocking; call it from a thread that may wait. */
public final class HistoryReader implements EventSource {
  // Decoding events takes a core; the store sends faster than that.
  private static final int AT_ONCE = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final ActorSystem<?> system;
  private final JournalReader journal;

  /** A reader of the system's journal. */
  public HistoryReader(ActorSystem<?> system) {
    this.system = system;
    this.journal = new JournalReader(system);
  }

  /**
   * What a campaign's history says by now.
   *
   * @throws UserException when there is no such campaign
   */
  public CampaignRecord campaign(String campaign) {
    return new CampaignFollower(this, campaign).read();
  }

  /**
   * Importances as if every replicate had M particles, so that each counts the same whatever its
   * size (Wang-Landau runs differ in it).
   */
  static double[] logImportance(SmcEvent.SmcCompleted done, int particles) {
    double[] out = new double[done.energies().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = SmcWeights.logImportance(done.logWeights()[i], particles, done.logZ());
    }
    return out;
  }

  static List<CampaignRecord.Replicate> keptReplicates(CampaignRecord campaign) {
    return campaign.replicates().stream().filter(CampaignRecord.Replicate::kept).toList();
  }

  /** Distinct β's of the kept replicates, ascending. */
  static double[] smcBetas(CampaignRecord campaign) {
    return keptReplicates(campaign).stream()
        .mapToDouble(CampaignRecord.Replicate::beta)
        .sorted()
        .distinct()
        .toArray();
  }

  @Override
  public void together(List<Runnable> readings) {
    AtomicInteger next = new AtomicInteger();
    CompletableFuture<?>[] readers = new CompletableFuture<?>[Math.min(AT_ONCE, readings.size())];
    Executor threads = system.dispatchers().lookup(DispatcherSelector.blocking());
    Arrays.setAll(
        readers,
        i ->
            CompletableFuture.runAsync(
                () -> {
                  for (int k = next.getAndIncrement();
                      k < readings.size();
                      k = next.getAndIncrement()) {
                    readings.get(k).run();
                  }
                },
                threads));
    try {
      CompletableFuture.allOf(readers).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public <E> long from(String persistenceId, long first, Class<E> type, BiConsumer<Long, E> use) {
    AtomicLong next = new AtomicLong(first);
    try {
      journal
          .current(persistenceId, first, Long.MAX_VALUE, type)
          .runForeach(
              (Pair<Long, E> p) -> {
                use.accept(p.first(), p.second());
                next.set(p.first() + 1);
              },
              system)
          .toCompletableFuture()
          .join();
      return next.get();
    } catch (CompletionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw cause instanceof UserException user
          ? user
          : UserException.failed(
              "The history " + persistenceId + " cannot be read (" + cause.getMessage() + ").", e);
    }
  }
}
