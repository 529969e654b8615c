package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.ops.Metrics;
import io.modeldiff.replica.campaign.CampaignProtocol.Command;
import io.modeldiff.replica.campaign.CampaignProtocol.FromReplica;
import io.modeldiff.replica.campaign.CampaignProtocol.FromSmc;
import io.modeldiff.replica.worker.ReplicaProtocol;
import io.modeldiff.replica.worker.ReplicaProtocol.Retire;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundDone;
import io.modeldiff.replica.worker.ReplicaProtocol.RunRound;
import io.modeldiff.replica.worker.SmcProtocol;
import io.modeldiff.replica.worker.SmcProtocol.Assignment;
import io.modeldiff.replica.worker.SmcProtocol.ReplicateDone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator knows only while it is in memory: which answers it waits for, how fast it
 * goes, whether it was admitted. Losing it loses nothing.
 */
final class CampaignRun {
  private final ActorContext<Command> context;
  private final String campaign;
  private final CampaignSurroundings surroundings;
  private final ActorRef<ReplicaProtocol.Reply> fromReplicas;
  private final ActorRef<SmcProtocol.Reply> fromReplicates;
  private final Pace pace = new Pace();
  private final Map<Integer, ReplicateDone> replicates = new TreeMap<>();
  private List<Assignment> asked = List.of();
  private @Nullable RoundInFlight inFlight;
  private int largestCrew;
  private int queuePosition;
  private boolean holding;

  CampaignRun(ActorContext<Command> context, String campaign, CampaignSurroundings surroundings) {
    this.context = context;
    this.campaign = campaign;
    this.surroundings = surroundings;
    this.fromReplicas = context.messageAdapter(ReplicaProtocol.Reply.class, FromReplica::new);
    this.fromReplicates = context.messageAdapter(SmcProtocol.Reply.class, FromSmc::new);
  }

  /** Whether nothing is running. */
  boolean idle() {
    return inFlight == null && asked.isEmpty();
  }

  /** What SMC replicates answered, by index. */
  Map<Integer, ReplicateDone> replicates() {
    return replicates;
  }

  /** Has SMC replicates run, or asks what they found. */
  void startReplicates(CampaignState state, List<Assignment> assignments) {
    asked = assignments;
    pace.roundStarts();
    assignments.forEach(a -> send(state.spec(), a));
  }

  private void send(CampaignSpec spec, Assignment a) {
    surroundings
        .crew()
        .tellReplicate(
            campaign, a.index(), new SmcProtocol.RunReplicate(campaign, spec, a, fromReplicates));
  }

  /** Takes a replicate's answer; true when it was the last one missing. */
  boolean take(ReplicateDone done) {
    boolean wanted = asked.stream().anyMatch(a -> a.index() == done.index());
    if (!wanted || replicates.putIfAbsent(done.index(), done) != null) {
      return false;
    }
    return asked.stream().allMatch(a -> replicates.containsKey(a.index()));
  }

  boolean asks(int index) {
    return asked.stream().anyMatch(a -> a.index() == index);
  }

  /** The events of the replicates whose answers are complete. */
  List<CampaignEvent> closeReplicates(CampaignState state) {
    List<CampaignEvent> events =
        Replicates.closed(state.course(), asked, replicates, Instant.now());
    long positions = asked.stream().mapToLong(a -> positionsOf(a.index())).sum();
    pace.replicatesEnd(positions);
    asked = List.of();
    return events;
  }

  private long positionsOf(int index) {
    ReplicateDone done = replicates.get(index);
    return done == null ? 0 : done.positions();
  }

  /** Answers that nothing depends on any more. */
  private void forgetReplicates(CampaignState state) {
    if (state.course().schedule() != null) {
      replicates
          .keySet()
          .forEach(i -> surroundings.crew().tellReplicate(campaign, i, new SmcProtocol.Retire()));
      replicates.clear();
    }
  }

  boolean runs(long round) {
    return inFlight != null && inFlight.round() == round;
  }

  void askAdmission(CampaignState state) {
    surroundings
        .admission()
        .ask(campaign, state.defined().cause().at().toEpochMilli(), holding, context.getSelf());
  }

  void admitted() {
    holding = true;
    queuePosition = 0;
  }

  void queued(int position) {
    if (!holding) {
      queuePosition = position;
    }
  }

  /** Sends every replica into the next round of a state. */
  void startRound(CampaignState state) {
    Course course = state.course();
    forgetReplicates(state);
    inFlight = new RoundInFlight(course.nextRound(), course.replicas());
    retireBeyond(course.replicas());
    pace.roundStarts();
    for (int k = 0; k < course.replicas(); k++) {
      send(state.spec(), course, k);
    }
  }

  private void send(CampaignSpec spec, Course course, int replica) {
    surroundings
        .crew()
        .tellReplica(
            campaign,
            replica,
            new RunRound(
                campaign,
                replica,
                spec,
                course.nextRound(),
                course.fresh(replica),
                course.ladder(),
                course.placed(),
                course.rungs()[replica],
                fromReplicas));
  }

  /** A ladder with fewer rungs leaves replicas without work. */
  private void retireBeyond(int replicas) {
    for (int k = replicas; k < largestCrew; k++) {
      surroundings.crew().tellReplica(campaign, k, new Retire());
    }
    largestCrew = replicas;
  }

  /** Asks for what has not been answered; says that the place is still held. */
  void askAgain(CampaignState state) {
    RoundInFlight waiting = runs(state.course().nextRound()) ? inFlight : null;
    if (waiting == null && asked.isEmpty()) {
      askAdmission(state);
      return;
    }
    surroundings
        .admission()
        .ask(campaign, state.defined().cause().at().toEpochMilli(), true, context.getSelf());
    if (waiting == null) {
      asked.stream()
          .filter(a -> !replicates.containsKey(a.index()))
          .forEach(a -> send(state.spec(), a));
      return;
    }
    for (int k = 0; k < waiting.replicas(); k++) {
      if (waiting.waitsFor(k)) {
        send(state.spec(), state.course(), k);
      }
    }
  }

  /** Takes an answer; true when it was the last one missing. */
  boolean take(RoundDone done) {
    RoundInFlight waiting = inFlight;
    if (waiting == null || waiting.complete()) {
      return false;
    }
    waiting.take(done);
    return waiting.complete();
  }

  /** The event that closes the round whose answers are complete. */
  RoundClosed close(CampaignState state) {
    RoundInFlight complete = inFlight;
    if (complete == null || complete.round() != state.course().nextRound()) {
      throw new IllegalStateException("no round of campaign " + campaign + " is complete");
    }
    inFlight = null;
    long started = System.nanoTime();
    RoundClosed closed = RoundClosing.close(state.spec(), state.course(), complete, Instant.now());
    long decided = System.nanoTime() - started;
    Metrics metrics = Metrics.get(context.getSystem());
    metrics.roundClosed();
    metrics.round(Metrics.RoundPart.SWAP, Duration.ofNanos(decided));
    metrics.round(Metrics.RoundPart.TOTAL, pace.sinceRoundStarted());
    pace.roundEnds(complete.answers().values(), complete.positions(), decided);
    return closed;
  }

  /** No more rounds for now: replicas may leave memory, another campaign may take the place. */
  void dismiss(CampaignState state) {
    inFlight = null;
    asked = List.of();
    forgetReplicates(state);
    pace.standsStill();
    for (int k = 0; k < Math.max(largestCrew, state.course().replicas()); k++) {
      surroundings.crew().tellReplica(campaign, k, new Retire());
    }
    largestCrew = 0;
    holding = false;
    queuePosition = 0;
    surroundings.admission().release(campaign);
  }

  void publish(CampaignState state) {
    if (state.status() != CampaignStatus.UNKNOWN) {
      surroundings.publisher().accept(view(state));
    }
  }

  CampaignView view(CampaignState state) {
    Course course = state.course();
    CampaignSpec spec = state.spec();
    long left = Math.max(0, spec.positionsBudget() - course.totalPositions());
    return new CampaignView(
        campaign,
        spec,
        state.defined().cause(),
        state.defined().clonedFrom(),
        state.status(),
        queuePosition,
        course.schedule() == null ? null : course.phase(),
        course.nextRound(),
        course.samplingFrom(),
        course.replicates().size(),
        (int) course.replicates().stream().filter(r -> !r.kept()).count(),
        course.schedule(),
        course.ladder(),
        course.totalPositions(),
        rejections(course),
        state.stoppedBy(),
        state.throughRound(),
        state.failure(),
        waiting(state),
        pace.speed(spec.space().length(), left));
  }

  private @Nullable String waiting(CampaignState state) {
    return state.running() && queuePosition > 0
        ? "Waits for free workers, number " + queuePosition + " in the queue."
        : null;
  }

  private static double[] rejections(Course course) {
    double[] mean = new double[course.rejection().length];
    for (int p = 0; p < mean.length; p++) {
      long tried = course.attempted()[p];
      mean[p] = tried == 0 ? 0 : course.rejection()[p] / tried;
    }
    return mean;
  }
}
