package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.replica.comparison.ComparisonView;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.compare.LocalComparisons;
import io.modeldiff.web.compare.Placement;
import io.modeldiff.web.compare.Placement.Share;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusQuery;
import io.modeldiff.web.result.inputs.Input;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.TextMix;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.InstanceService;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.SpaceSpec;
import io.modeldiff.web.service.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Comparisons of a running platform. */
final class LiveComparisons implements ComparisonService {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final RunningPlatform platform;
  private final LiveModels models;
  private final ModelPool pool;
  private final ZFinder finder;
  private final Outcomes outcomes;
  private final CorpusSpaces corpora;
  private final ComparisonOverview overview;

  LiveComparisons(
      RunningPlatform platform, LiveModels models, ModelPool pool, Executor background) {
    this.platform = platform;
    this.models = models;
    this.pool = pool;
    this.finder = new ZFinder(models, pool);
    this.outcomes = new Outcomes(platform, background);
    this.corpora = new CorpusSpaces(platform, pool);
    this.overview = new ComparisonOverview(platform, outcomes);
  }

  @Override
  public List<Summary> list(int limit) {
    return overview.newest(limit, id -> summary(view(id), outcomes.known(id)));
  }

  private Map<String, ComparisonListed> listed() {
    return RunningPlatform.await(platform.replicas().registry().all()).comparisons();
  }

  private ComparisonView view(String id) {
    if (!listed().containsKey(id)) {
      throw new NotFoundException("comparison", id);
    }
    return RunningPlatform.await(platform.comparisons().view(id));
  }

  @Override
  public Summary get(String id) {
    ComparisonView view = view(id);
    return summary(view, outcomes.soon(view));
  }

  private Summary summary(ComparisonView view, @Nullable Outcome outcome) {
    ComparisonSpec spec = view.spec();
    CampaignView a = campaign(spec, 0);
    CampaignView b = campaign(spec, 1);
    return new Summary(
        view.comparison(),
        spec.sides().get(0).model().name(),
        spec.sides().get(1).model().name(),
        Specs.shown(spec.space(), spec.z().toString()),
        spec.lambda(),
        phase(view),
        view.status() == ComparisonStatus.COMPLETED ? 1.0 : (a.fraction() + b.fraction()) / 2,
        doing(view, a, b),
        ComparisonOverview.headline(spec, outcome),
        a.campaign(),
        b.campaign(),
        view.started().at(),
        view.started().who());
  }

  private CampaignView campaign(ComparisonSpec spec, int side) {
    return RunningPlatform.await(platform.campaigns().view(spec.sides().get(side).campaign()));
  }

  private static Phase phase(ComparisonView view) {
    return switch (view.status()) {
      case UNKNOWN -> Phase.PENDING;
      case RUNNING -> view.samples() > 0 ? Phase.SCORING : Phase.RUNNING;
      case FAILED -> Phase.FAILED;
      case COMPLETED -> Phase.DONE;
    };
  }

  private static String doing(ComparisonView view, CampaignView a, CampaignView b) {
    if (view.failure() != null) {
      return "It cannot go on: " + view.failure();
    }
    if (view.status() == ComparisonStatus.COMPLETED) {
      return ComparisonOverview.DONE;
    }
    return String.format(
        Locale.ENGLISH,
        "Sampling: %,.0f of %,d evaluations of A, %,.0f of %,d of B; %,d samples scored by the"
            + " other model.",
        a.evaluations(),
        a.spec().evaluations(),
        b.evaluations(),
        b.spec().evaluations(),
        view.samples());
  }

  /** Where a text's D lies in the comparisons of two models that have a result. */
  List<InstanceService.Placement> placements(String a, String b, double d) {
    String hashA = models.find(a).hash();
    String hashB = models.find(b).hash();
    List<InstanceService.Placement> places = new ArrayList<>();
    for (ComparisonListed c : listed().values()) {
      String first = c.spec().sides().get(0).model().hash();
      String second = c.spec().sides().get(1).model().hash();
      boolean same = first.equals(hashA) && second.equals(hashB);
      if (same || (first.equals(hashB) && second.equals(hashA))) {
        Outcome outcome = outcomes.soon(view(c.comparison()));
        if (outcome != null) {
          places.add(placement(outcome, same ? d : -d));
        }
      }
    }
    return places;
  }

  private static InstanceService.Placement placement(Outcome outcome, double d) {
    Placement p = Placement.of(LocalComparisons.Stored.of(outcome), d);
    Share byA = p.foundByA();
    Share byB = p.foundByB();
    return new InstanceService.Placement(
        p.comparison(),
        p.a(),
        p.b(),
        p.length(),
        p.d(),
        byA == null ? null : (Double) byA.below(),
        byB == null ? null : (Double) byB.below(),
        byA == null ? null : byA.log10(),
        byB == null ? null : byB.log10());
  }

  /** Whether there is a comparison of this id. */
  boolean exists(String id) {
    return listed().containsKey(id);
  }

  /** The name of a side's model. */
  String model(String id, int side) {
    return view(id).spec().sides().get(side).model().name();
  }

  /**
   * The estimates so far.
   *
   * @throws NotFoundException when there is no such comparison, or no result yet
   */
  Outcome outcome(String id) {
    Outcome outcome = outcomes.latest(view(id));
    if (outcome == null) {
      throw new NotFoundException("result yet of comparison", id);
    }
    return outcome;
  }

  @Override
  public ComparisonDocument result(String id, double lambda) {
    return ComparisonDocument.of(outcome(id).at(lambda));
  }

  @Override
  public Density density(String id) {
    return SampleDensity.of(outcome(id));
  }

  @Override
  public InputPage inputs(String id, InputQuery query) {
    Outcome outcome = outcome(id);
    return outcomes.inputs(outcome).page(query, tokenizer(outcome));
  }

  @Override
  public TextMix mix(String id, InputQuery query) {
    Outcome outcome = outcome(id);
    return outcomes.inputs(outcome).mix(query, tokenizer(outcome));
  }

  /** The tokenizer that both models share. */
  Tokenizer tokenizer(Outcome outcome) {
    return pool.tokenizer(outcome.comparison().spec().sides().get(0).model());
  }

  @Override
  public Input input(String id, String inputId) {
    Outcome outcome = outcome(id);
    Input found = outcomes.inputs(outcome).one(inputId, tokenizer(outcome));
    if (found == null) {
      throw new NotFoundException("input of comparison " + id, inputId);
    }
    return found;
  }

  @Override
  public CorpusDocument corpus(String id, CorpusQuery query) {
    Outcome outcome = outcome(id);
    Double lambda = query.lambda();
    return corpora.of(lambda == null ? outcome : outcome.at(lambda), query);
  }

  @Override
  public String start(Spec spec, Caller who) {
    who.require(Permission.OPERATE);
    Plan plan = plan(spec);
    Cause cause = Cause.now(who.name(), "");
    RunningPlatform.await(platform.campaigns().start(plan.a(), cause));
    RunningPlatform.await(platform.campaigns().start(plan.b(), cause));
    RunningPlatform.await(platform.comparisons().start(plan.comparison(), cause));
    return plan.comparison().id();
  }

  /** What a specification asks for, once it is known to be possible. */
  private record Plan(CampaignSpec a, CampaignSpec b, ComparisonSpec comparison) {}

  private Plan plan(Spec spec) {
    CampaignSpec a = campaign(spec, spec.a());
    CampaignSpec b = campaign(spec, spec.b());
    if (!a.space().equals(b.space())) {
      throw UserException.badInput(models.compatibility(spec.a(), spec.b()).reason());
    }
    return new Plan(
        a, b, Comparisons.spec(List.of(a, b), spec.lambda(), spec.bin(), spec.targetError(), 0));
  }

  private CampaignSpec campaign(Spec spec, String model) {
    ModelRegistered registered = models.find(model);
    return Specs.campaign(
        new CampaignService.Spec(
            model,
            spec.space(),
            spec.method(),
            spec.kernels(),
            spec.lanes(),
            spec.seed(),
            spec.evaluations(),
            spec.targetError()),
        registered,
        pool.directory(registered));
  }

  @Override
  public void cancel(String id, String reason, Caller who) {
    who.require(Permission.OPERATE);
    ComparisonView view = view(id);
    for (ComparisonSpec.Side side : view.spec().sides()) {
      CampaignView campaign = RunningPlatform.await(platform.campaigns().view(side.campaign()));
      if (!LiveCampaigns.summary(campaign).phase().isOver()) {
        RunningPlatform.await(
            platform.campaigns().cancel(campaign.campaign(), Cause.now(who.name(), reason)));
      }
    }
  }

  @Override
  public Subscription watch(String id, Consumer<Summary> listener) {
    UniqueKillSwitch kill =
        Source.tick(Duration.ZERO, POLL, id)
            .viaMat(KillSwitches.single(), Keep.right())
            .map(this::get)
            .takeWhile(LiveComparisons::moreToSay, true)
            .to(Sink.foreach(listener::accept))
            .run(platform.system());
    return kill::shutdown;
  }

  // A finished comparison whose figures are still being read has its headline to come.
  private static boolean moreToSay(Summary summary) {
    return !summary.phase().isOver()
        || (summary.phase() == Phase.DONE && summary.headline() == null);
  }

  @Override
  public Export export(String id, String what, String format) {
    Outcome outcome = outcome(id);
    return new ComparisonFiles(id, outcome, tokenizer(outcome))
        .write(what, format, outcomes.inputs(outcome));
  }

  @Override
  public Rebuilt rebuild(String id, Caller who) {
    who.require(Permission.OPERATE);
    ComparisonDocument served = ComparisonDocument.of(outcome(id));
    Outcome anew = outcomes.anew(view(id));
    if (anew == null) {
      throw new NotFoundException("result yet of comparison", id);
    }
    ComparisonDocument rebuilt = ComparisonDocument.of(anew);
    return new Rebuilt(rebuilt.equals(served), ComparisonFiles.sha256(rebuilt));
  }

  @Override
  public Forecast forecast(Spec spec, Caller who) {
    who.require(Permission.OPERATE);
    plan(spec);
    return finder.forecast(spec);
  }

  @Override
  public ZPicture explore(
      String model, SpaceSpec space, List<Double> betas, List<String> sentences) {
    return finder.explore(model, space, betas, sentences);
  }
}
