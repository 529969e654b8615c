package io.modeldiff.replica.campaign;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.LadderAdapted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignEvent.PilotCompleted;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.SmcEvent;
import io.modeldiff.core.campaign.SmcEvent.SmcCompleted;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.replica.worker.ModelSource;
import io.modeldiff.replica.worker.ReplicaLanes;
import io.modeldiff.replica.worker.ReplicaProtocol;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundDone;
import io.modeldiff.replica.worker.SmcProtocol.Assignment;
import io.modeldiff.replica.worker.SmcProtocol.ReplicateDone;
import io.modeldiff.replica.worker.SmcWork;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Runs a stored campaign once more from its spec alone, with a number of workers of its own and no
 * store, and compares everything that it computes with what is stored, to the last bit. What people
 * asked for meanwhile (a pause, more budget) is taken from the history.
 */
public final class CampaignRerun {
  private final ActorSystem<?> system;
  private final JournalReader journal;
  private final ModelSource models;
  private final int workers;
  private final ObjectMapper json = new ObjectMapper().findAndRegisterModules();

  /**
   * What a comparison of both runs found.
   *
   * @param rounds rounds run again
   * @param replicates SMC replicates run again
   * @param difference the first difference in a sentence, null when there is none
   */
  public record Outcome(long rounds, int replicates, @Nullable String difference) {
    /** Whether both runs are the same to the last bit. */
    public boolean identical() {
      return difference == null;
    }
  }

  /**
   * A rerun.
   *
   * @param system whose journal holds the campaign
   * @param models loaded once for each worker
   * @param workers threads that share the replicas, each with a model of its own
   */
  public CampaignRerun(ActorSystem<?> system, ModelSource models, int workers) {
    this.system = system;
    this.journal = new JournalReader(system);
    this.models = models;
    this.workers = workers;
  }

  /**
   * Runs again what is stored of a campaign.
   *
   * @param monitor told the token positions run again
   */
  public Outcome run(String campaign, WorkMonitor monitor) {
    Deque<CampaignEvent> stored =
        new ArrayDeque<>(history(Histories.campaign(campaign), CampaignEvent.class));
    try (Run run = new Run(campaign, stored, monitor)) {
      return run.compare();
    }
  }

  private <E> List<E> history(String persistenceId, Class<E> type) {
    try {
      return journal
          .current(persistenceId, 1, Long.MAX_VALUE, type)
          .map(Pair::second)
          .runWith(Sink.seq(), system)
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the history " + persistenceId + " cannot be read", e);
    }
  }

  private boolean same(Object one, Object other) {
    ObjectNode a = json.valueToTree(one);
    ObjectNode b = json.valueToTree(other);
    a.remove("at");
    b.remove("at");
    return a.equals(b);
  }

  private static boolean computed(CampaignEvent event) {
    return event instanceof PilotCompleted
        || event instanceof LadderAdapted
        || event instanceof LadderFrozen
        || event instanceof RoundClosed
        || event instanceof SmcReplicateClosed;
  }

  /** One run: the models, the chains, and how far it has come. */
  private final class Run implements AutoCloseable {
    private final String campaign;
    private final Deque<CampaignEvent> stored;
    private final WorkMonitor monitor;
    private final List<LanguageModel> loaded = new ArrayList<>();
    private final Map<Integer, ReplicaLanes> lanes = new HashMap<>();
    private final Map<Integer, int[][]> tokens = new HashMap<>();
    private final Map<Integer, Map<Long, ReplicaAdvanced>> histories = new HashMap<>();
    private final Map<Integer, ReplicateDone> answers = new TreeMap<>();
    private CampaignState state = CampaignState.NONE;
    private long rounds;
    private int replicates;
    private @Nullable String difference;

    Run(String campaign, Deque<CampaignEvent> stored, WorkMonitor monitor) {
      this.campaign = campaign;
      this.stored = stored;
      this.monitor = monitor;
    }

    Outcome compare() {
      takeRequests();
      while (difference == null && !stored.isEmpty()) {
        monitor.checkStop();
        step();
        monitor.done(state.course().totalPositions());
      }
      return new Outcome(rounds, replicates, difference);
    }

    /** Takes from the history what was asked for, and an end that a stopping rule found. */
    private void takeRequests() {
      while (!stored.isEmpty() && !computed(stored.element())) {
        state = state.apply(stored.remove());
      }
    }

    private void step() {
      // A pause lets a running round finish: what was closed in it is run again all the same.
      CampaignState going = state.running() ? state : state.apply(resumed());
      NextStep next = NextStep.of(going, answers, Instant.EPOCH);
      if (next instanceof NextStep.Decide decided) {
        decided.events().forEach(this::happened);
      } else if (next instanceof NextStep.RunReplicates more) {
        runReplicates(more.assignments());
      } else if (next instanceof NextStep.RunRound) {
        runRound();
      } else {
        differs("the stored history goes on where the campaign is over");
      }
    }

    private CampaignEvent resumed() {
      return new CampaignEvent.CampaignResumed(
          new io.modeldiff.core.campaign.Cause("rerun", "", Instant.EPOCH, "rerun"));
    }

    private void happened(CampaignEvent event) {
      if (difference != null) {
        return;
      }
      CampaignEvent known = stored.isEmpty() ? null : stored.element();
      if (event instanceof CampaignCompleted || event instanceof CampaignEvent.CampaignFailed) {
        // The end itself was taken with the requests; nothing that was computed may follow it.
        if (stored.isEmpty()) {
          return;
        }
        differs("the campaign ends after round " + (state.course().nextRound() - 1));
        return;
      }
      if (known == null || !same(known, event)) {
        differs(name(event));
        return;
      }
      state = state.apply(known);
      stored.remove();
      takeRequests();
    }

    private String name(CampaignEvent event) {
      if (event instanceof RoundClosed closed) {
        return "the swaps of round " + closed.round();
      }
      return event instanceof SmcReplicateClosed closed
          ? "SMC replicate " + closed.index()
          : event.getClass().getSimpleName() + " before round " + state.course().nextRound();
    }

    private void differs(String what) {
      if (difference == null) {
        difference = "The first difference is in " + what + ".";
      }
    }

    private void runReplicates(List<Assignment> assignments) {
      CampaignSpec spec = state.spec();
      List<SmcCompleted> done =
          shared(
              assignments.size(), i -> SmcWork.run(model(i % workers), spec, assignments.get(i)));
      for (int i = 0; i < done.size(); i++) {
        Assignment a = assignments.get(i);
        replicates++;
        List<SmcEvent> known = history(Histories.smc(campaign, a.index()), SmcEvent.class);
        if (known.isEmpty() || !same(known.get(0), done.get(i))) {
          differs("SMC replicate " + a.index());
          return;
        }
        answers.put(a.index(), answer(a, done.get(i)));
      }
      Replicates.closed(state.course(), assignments, answers, Instant.EPOCH)
          .forEach(this::happened);
    }

    private static ReplicateDone answer(Assignment a, SmcCompleted r) {
      return new ReplicateDone(
          a.index(),
          r.replicate(),
          r.beta(),
          r.energies(),
          r.logWeights(),
          r.logZ(),
          r.resamplings(),
          r.positions(),
          "rerun");
    }

    private void runRound() {
      Course course = state.course();
      long round = course.nextRound();
      RoundInFlight flight = new RoundInFlight(round, course.replicas());
      List<ReplicaAdvanced> done =
          shared(course.replicas(), k -> advance(model(k % workers), course, k));
      for (int k = 0; k < done.size(); k++) {
        ReplicaAdvanced event = done.get(k);
        ReplicaAdvanced known = histories.computeIfAbsent(k, this::replica).get(round);
        if (known == null || !same(known, event)) {
          differs("round " + round + " of replica " + k);
          return;
        }
        tokens.put(k, event.tokens());
        flight.take(
            new RoundDone(
                k,
                round,
                event.energies(),
                event.moves(),
                event.positions(),
                "rerun",
                new ReplicaProtocol.RoundTiming(0, 0, 0)));
      }
      rounds++;
      happened(RoundClosing.close(state.spec(), course, flight, Instant.EPOCH));
    }

    private Map<Long, ReplicaAdvanced> replica(int k) {
      Map<Long, ReplicaAdvanced> byRound = new HashMap<>();
      for (ReplicaEvent e : history(Histories.replica(campaign, k), ReplicaEvent.class)) {
        if (e instanceof ReplicaAdvanced advanced) {
          byRound.put(advanced.round(), advanced);
        }
      }
      return byRound;
    }

    private ReplicaAdvanced advance(LanguageModel model, Course course, int k) {
      ReplicaLanes mine;
      synchronized (lanes) {
        mine = lanes.computeIfAbsent(k, i -> new ReplicaLanes());
      }
      return mine.run(
          model,
          new ReplicaProtocol.RunRound(
              campaign,
              k,
              state.spec(),
              course.nextRound(),
              course.fresh(k),
              course.ladder(),
              course.placed(),
              course.rungs()[k],
              system.ignoreRef()),
          course.fresh(k) ? null : tokens.get(k));
    }

    private LanguageModel model(int worker) {
      synchronized (loaded) {
        while (loaded.size() <= worker) {
          loaded.add(models.load(state.spec().model()));
        }
        return loaded.get(worker);
      }
    }

    /** Items 0..n−1, item i by worker i modulo their number, results in order. */
    private <T> List<T> shared(int n, java.util.function.IntFunction<T> item) {
      List<CompletableFuture<Map<Integer, T>>> parts = new ArrayList<>();
      for (int w = 0; w < Math.min(workers, n); w++) {
        int first = w;
        Supplier<Map<Integer, T>> part =
            () -> {
              Map<Integer, T> out = new TreeMap<>();
              for (int i = first; i < n; i += workers) {
                out.put(i, item.apply(i));
              }
              return out;
            };
        parts.add(
            CompletableFuture.supplyAsync(part, r -> new Thread(r, "rerun-" + first).start()));
      }
      Map<Integer, T> all = new TreeMap<>();
      parts.forEach(p -> all.putAll(p.join()));
      return List.copyOf(all.values());
    }

    @Override
    public void close() {
      lanes.values().forEach(ReplicaLanes::close);
      loaded.forEach(LanguageModel::close);
    }
  }
}
