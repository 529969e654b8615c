package io.modeldiff.web.live;

import io.modeldiff.analysis.diagnostics.Verdict;
import io.modeldiff.analysis.history.CampaignAnalysis;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.replica.campaign.CampaignStatus;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.Subscription;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/** Campaigns of a running platform. */
final class LiveCampaigns implements CampaignService {
  private static final int KEPT = 8;

  private final RunningPlatform platform;
  private final LiveModels models;
  private final ModelPool pool;
  private final JournalReader journal;
  private final Details details = new Details();
  private final KeptDocuments<Detail> figures;
  private final LiveControl control;
  // Oldest use first.
  private final Map<String, CampaignAnalysis> analyses = new LinkedHashMap<>(16, 0.75f, true);

  LiveCampaigns(RunningPlatform platform, LiveModels models, ModelPool pool, String version) {
    this.platform = platform;
    this.models = models;
    this.pool = pool;
    this.journal = new JournalReader(platform.system());
    this.control = new LiveControl(platform);
    this.figures =
        new KeptDocuments<>(
            platform.readSide(), platform.readSide().campaignDocuments(), version, Detail.class);
  }

  @Override
  public Standing begin(CampaignSpec spec, @Nullable String clonedFrom, Wish wish, Caller who) {
    return control.begin(spec, clonedFrom, wish, who);
  }

  @Override
  public String compare(ComparisonSpec spec, Wish wish, Caller who) {
    return control.compare(spec, wish, who);
  }

  @Override
  public List<Standing> standings() {
    return control.standings();
  }

  @Override
  public Standing standing(String id) {
    return control.standing(id);
  }

  @Override
  public Standing change(String id, Change change, Caller who) {
    return control.change(id, change, who);
  }

  @Override
  public List<Summary> list(int limit) {
    return new CampaignOverview(platform).newest(limit);
  }

  private CampaignView view(String id) {
    if (!RunningPlatform.await(platform.replicas().registry().all()).campaigns().containsKey(id)) {
      throw new NotFoundException("campaign", id);
    }
    return RunningPlatform.await(platform.campaigns().view(id));
  }

  static Summary summary(CampaignView view) {
    CampaignView.Speed speed = view.speed();
    boolean running = view.status() == CampaignStatus.RUNNING;
    String failure = view.failure();
    String waiting = view.waiting();
    boolean healthy = failure == null && waiting == null;
    return new Summary(
        view.campaign(),
        view.spec().model().name(),
        Specs.shown(view.spec().space(), view.spec().z().toString()),
        phase(view),
        view.round(),
        Math.round(view.evaluations()),
        view.spec().evaluations(),
        view.fraction(),
        running ? (Double) speed.evaluationsPerSecond() : null,
        running && Double.isFinite(speed.etaSeconds()) ? (Double) speed.etaSeconds() : null,
        healthy,
        failure != null ? failure : waiting != null ? waiting : healthWord(view),
        view.started().at(),
        view.started().who());
  }

  private static String healthWord(CampaignView view) {
    return view.queuePosition() > 0
        ? "waits in the queue, place " + view.queuePosition()
        : "no trouble";
  }

  static Phase phase(CampaignView view) {
    return switch (view.status()) {
      case UNKNOWN -> Phase.PENDING;
      case PAUSED -> Phase.PAUSED;
      case FAILED -> Phase.FAILED;
      case CANCELLED -> Phase.CANCELLED;
      case COMPLETED -> Phase.DONE;
      case RUNNING ->
          view.queuePosition() > 0
              ? Phase.PENDING
              : view.phase() == null
                  ? Phase.PILOT
                  : view.phase() == RoundPhase.ADAPTATION ? Phase.ADAPTING : Phase.RUNNING;
    };
  }

  @Override
  public Detail get(String id) {
    CampaignView view = view(id);
    Summary now = summary(view);
    return details.of(
        now,
        () -> {
          Detail kept = now.phase().isOver() ? figures.current(id) : null;
          return kept == null ? read(view, campaignEvents(id)) : kept;
        });
  }

  /** What is kept of campaigns that are over. */
  KeptDocuments<Detail> figures() {
    return figures;
  }

  /** Keeps what the page of a campaign that is over shows. */
  void keep(String id) {
    CampaignView view = view(id);
    List<CampaignEvent> events = campaignEvents(id);
    Detail detail = read(view, events);
    synchronized (analyses) {
      analyses.remove(id); // its samples are not looked at again
    }
    figures.keep(id, Map.of(Histories.campaign(id), (long) events.size()), null, detail);
  }

  private List<CampaignEvent> campaignEvents(String id) {
    return events(Histories.campaign(id), CampaignEvent.class);
  }

  private Detail read(CampaignView view, List<CampaignEvent> events) {
    String id = view.campaign();
    CampaignHistory history = new CampaignHistory();
    events.forEach(history::add);
    Schedule schedule = view.schedule();
    double[] betas = schedule == null ? new double[0] : schedule.betas();
    RungReadings readings =
        new RungReadings(
            view.spec(),
            view.samplingFrom() < 0 ? new double[0] : betas,
            view.ladder(),
            Math.max(0, view.samplingFrom()),
            view.samplingFrom() < 0 ? 0 : view.round());
    if (view.samplingFrom() >= 0) {
      for (int k = 0; k < betas.length; k++) {
        readings.add(k, rounds(id, k));
      }
    }
    List<Rung> rungs = readings.rungs(view.swapRejection());
    double barrier = Arrays.stream(view.swapRejection()).sum();
    return new Detail(
        summary(view),
        Specs.shown(view.spec()),
        Arrays.stream(betas).boxed().toList(),
        rungs,
        view.swapRejection().length == 0 ? null : barrier,
        readings.roundTrips(),
        convergence(id),
        readings.rho(),
        readings.errorTrend(),
        readings.traces(),
        readings.paths(),
        workers(view),
        history.entries());
  }

  private Convergence convergence(String id) {
    CampaignAnalysis followed;
    synchronized (analyses) {
      followed = analyses.computeIfAbsent(id, i -> new CampaignAnalysis(platform.reader(), i));
      if (analyses.size() > KEPT) {
        analyses.remove(analyses.keySet().iterator().next());
      }
    }
    Side side = followed.read();
    if (side == null) {
      return new Convergence(null, "Too early to say: no round counts yet.", List.of());
    }
    Verdict verdict = io.modeldiff.analysis.history.Convergence.of(side, null).verdict();
    return new Convergence(
        verdict.converged(),
        verdict.headline(),
        verdict.criteria().stream()
            .map(c -> new Check(c.name(), passed(c.status()), c.sentence()))
            .toList());
  }

  private static @Nullable Boolean passed(Verdict.Status status) {
    return status == Verdict.Status.NOT_CHECKED ? null : (Boolean) (status == Verdict.Status.HOLDS);
  }

  private List<ReplicaAdvanced> rounds(String id, int replica) {
    return events(Histories.replica(id, replica), ReplicaEvent.class).stream()
        .filter(ReplicaAdvanced.class::isInstance)
        .map(ReplicaAdvanced.class::cast)
        .toList();
  }

  private <E> List<E> events(String history, Class<E> type) {
    return RunningPlatform.await(
        journal
            .current(history, 1, Long.MAX_VALUE, type)
            .map(Pair::second)
            .runWith(Sink.seq(), platform.system()));
  }

  private static List<Worker> workers(CampaignView view) {
    List<String> names = view.speed().workers();
    return names.stream()
        .map(
            name ->
                new Worker(
                    name,
                    "",
                    "",
                    names.size() == 1 ? (Double) view.speed().evaluationsPerSecond() : null))
        .toList();
  }

  @Override
  public String start(Spec spec, Caller who) {
    who.require(Permission.OPERATE);
    ModelRegistered model = models.find(spec.model());
    CampaignSpec built = Specs.campaign(spec, model, pool.directory(model));
    RunningPlatform.await(platform.campaigns().start(built, Cause.now(who.name(), "")));
    return CampaignSpecs.id(built);
  }

  @Override
  public void pause(String id, String reason, Caller who) {
    who.require(Permission.OPERATE);
    view(id);
    RunningPlatform.await(platform.campaigns().pause(id, Cause.now(who.name(), reason)));
  }

  @Override
  public void resume(String id, Caller who) {
    who.require(Permission.OPERATE);
    view(id);
    RunningPlatform.await(platform.campaigns().resume(id, Cause.now(who.name(), "")));
  }

  @Override
  public void cancel(String id, String reason, Caller who) {
    who.require(Permission.OPERATE);
    view(id);
    RunningPlatform.await(platform.campaigns().cancel(id, Cause.now(who.name(), reason)));
  }

  @Override
  public void extend(String id, long evaluations, Caller who) {
    who.require(Permission.OPERATE);
    if (evaluations < 1) {
      throw UserException.badInput(
          "Extend by at least 1 evaluation, but it was " + evaluations + ".");
    }
    CampaignView view = view(id);
    RunningPlatform.await(
        platform
            .campaigns()
            .extend(
                id,
                view.spec().evaluations() + evaluations,
                view.spec().targetError(),
                Cause.now(who.name(), "")));
  }

  @Override
  public String cloneOf(String id, long seed, Caller who) {
    who.require(Permission.OPERATE);
    CampaignView view = view(id);
    Spec shown = Specs.shown(view.spec());
    ModelRegistered model = models.find(shown.model());
    CampaignSpec changed = view.spec().withSeed(LiveModels.ref(model), seed);
    RunningPlatform.await(platform.campaigns().startClone(changed, id, Cause.now(who.name(), "")));
    return CampaignSpecs.id(changed);
  }

  @Override
  public Subscription watch(String id, Consumer<Summary> listener) {
    UniqueKillSwitch kill =
        platform
            .campaigns()
            .watch(id)
            .viaMat(KillSwitches.single(), Keep.right())
            .to(Sink.foreach(view -> listener.accept(summary(view))))
            .run(platform.system());
    return kill::shutdown;
  }
}
