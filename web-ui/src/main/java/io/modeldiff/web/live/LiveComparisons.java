package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.readmodel.ComparisonProgress;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.comparison.ComparisonView;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.compare.LocalComparisons;
import io.modeldiff.web.compare.Placement;
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
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.SpaceSpec;
import io.modeldiff.web.service.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Comparisons of a running platform. */
final class LiveComparisons implements ComparisonService {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(LiveComparisons.class);

  private final RunningPlatform platform;
  private final LiveModels models;
  private final ModelPool pool;
  private final ZFinder finder;
  private final Outcomes outcomes;
  private final KeptDocuments<KeptResult> results;
  private final CorpusSpaces corpora;
  private final ComparisonOverview overview;

  LiveComparisons(
      RunningPlatform platform,
      LiveModels models,
      ModelPool pool,
      Executor background,
      String version) {
    this.platform = platform;
    this.models = models;
    this.pool = pool;
    this.finder = new ZFinder(models, pool);
    this.outcomes = new Outcomes(platform, background);
    this.results =
        new KeptDocuments<>(
            platform.readSide(),
            platform.readSide().comparisonDocuments(),
            version,
            KeptResult.class);
    this.corpora = new CorpusSpaces(platform, pool);
    this.overview = new ComparisonOverview(platform, outcomes, results);
  }

  @Override
  public List<Summary> list(int limit) {
    return overview.newest(limit, id -> overview.of(view(id), outcomes.known(id)));
  }

  private Map<String, ComparisonListed> listed() {
    return RunningPlatform.await(platform.replicas().registry().all()).comparisons();
  }

  private ComparisonListed listed(String id) {
    ComparisonListed found = listed().get(id);
    if (found == null) {
      throw new NotFoundException("comparison", id);
    }
    return found;
  }

  private ComparisonView view(String id) {
    return RunningPlatform.await(platform.comparisons().view(listed(id).comparison()));
  }

  // One whose result is kept need not wake up, which takes the reading of its whole history.
  private Outcomes.Standing standing(String id) {
    KeptResult kept = results.current(listed(id).comparison());
    return kept == null ? Outcomes.Standing.of(view(id)) : finished(id, kept);
  }

  private static Outcomes.Standing finished(String id, KeptResult kept) {
    return new Outcomes.Standing(id, kept.document().ladders().samples(), kept.positions(), true);
  }

  @Override
  public Summary get(String id) {
    ComparisonListed listed = listed(id);
    KeptResult kept = results.current(id);
    if (kept != null) {
      return ComparisonOverview.done(listed, kept.document().headline());
    }
    ComparisonView view = view(id);
    return overview.of(view, outcomes.soon(Outcomes.Standing.of(view)));
  }

  /** Where a text's D lies in the comparisons of two models that have a result. */
  List<Placement> placements(String a, String b, double d) {
    return new Placements(models, () -> listed().values().stream(), this::histograms).of(a, b, d);
  }

  private LocalComparisons.@Nullable Stored histograms(ComparisonListed listed) {
    KeptResult kept = results.current(listed.comparison());
    if (kept != null) {
      return LocalComparisons.Stored.of(listed.spec(), kept.document());
    }
    Outcome outcome = outcomes.soon(standing(listed.comparison()));
    return outcome == null ? null : LocalComparisons.Stored.of(outcome);
  }

  /** Whether there is a comparison of this id. */
  boolean exists(String id) {
    return listed().containsKey(id);
  }

  /** The name of a side's model. */
  String model(String id, int side) {
    return listed(id).spec().sides().get(side).model().name();
  }

  /**
   * The estimates so far.
   *
   * @throws NotFoundException when there is no such comparison, or no result yet
   */
  Outcome outcome(String id) {
    Outcome outcome = outcomes.latest(standing(id));
    if (outcome == null) {
      throw new NotFoundException("result yet of comparison", id);
    }
    return outcome;
  }

  @Override
  public ComparisonDocument result(String id, double lambda) {
    KeptResult kept = results.current(listed(id).comparison());
    return kept != null && kept.document().lambda() == lambda
        ? kept.document()
        : ComparisonDocument.of(outcome(id).at(lambda));
  }

  @Override
  public Density density(String id) {
    KeptResult kept = results.current(listed(id).comparison());
    return kept != null ? kept.density() : SampleDensity.of(outcome(id));
  }

  @Override
  public InputPage inputs(String id, InputQuery query) {
    KeptResult.First first = first(id, query);
    if (first != null) {
      return first.page();
    }
    Outcome outcome = outcome(id);
    return outcomes.inputs(outcome).page(query, tokenizer(outcome));
  }

  @Override
  public TextMix mix(String id, InputQuery query) {
    KeptResult.First first = first(id, query);
    if (first != null) {
      return first.mix();
    }
    Outcome outcome = outcome(id);
    return outcomes.inputs(outcome).mix(query, tokenizer(outcome));
  }

  // Whoever looks at the first inputs will look at others: these take the samples.
  private KeptResult.@Nullable First first(String id, InputQuery query) {
    KeptResult kept = results.current(listed(id).comparison());
    KeptResult.First first = kept == null ? null : kept.answering(query);
    if (kept != null && first != null) {
      outcomes.prepare(finished(id, kept));
    }
    return first;
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
            .mapConcat(this::look)
            .takeWhile(LiveComparisons::moreToSay, true)
            .to(Sink.foreach(listener::accept))
            .run(platform.system());
    return kill::shutdown;
  }

  // The store may be away for a while; the next look finds what this one did not.
  private List<Summary> look(String id) {
    try {
      return List.of(get(id));
    } catch (NotFoundException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("comparison {} was not looked at: {}", id, e.getMessage());
      return List.of();
    }
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
    ComparisonDocument served = result(id, listed(id).spec().lambda());
    Outcome anew = outcomes.anew(Outcomes.Standing.of(view(id)));
    if (anew == null) {
      throw new NotFoundException("result yet of comparison", id);
    }
    ComparisonDocument rebuilt =
        anew.comparison().complete() ? keep(anew) : ComparisonDocument.of(anew);
    return new Rebuilt(rebuilt.equals(served), ComparisonFiles.sha256(rebuilt));
  }

  /** What is kept of finished comparisons. */
  KeptDocuments<KeptResult> results() {
    return results;
  }

  /**
   * Keeps what the page of a finished comparison shows, computed from all that the journal holds.
   *
   * @throws UserException when it is not finished, or has no result
   */
  void keep(String id) {
    ComparisonProgress progress =
        RunningPlatform.await(platform.readSide().comparison(id))
            .orElseThrow(() -> new NotFoundException("comparison", id));
    Outcome outcome =
        outcomes.surely(
            new Outcomes.Standing(id, progress.crossScored(), progress.crossPositions(), true));
    if (outcome == null || !outcome.comparison().complete()) {
      throw UserException.failed("Comparison " + id + " has no final result.");
    }
    keep(outcome);
  }

  private ComparisonDocument keep(Outcome outcome) {
    KeptResult kept = KeptResult.of(outcome, outcomes.inputs(outcome), tokenizerOrNull(outcome));
    results.keep(
        outcome.comparison().comparison(), outcome.reached(), kept.document().headline(), kept);
    return kept.document();
  }

  private @Nullable Tokenizer tokenizerOrNull(Outcome outcome) {
    try {
      return tokenizer(outcome);
    } catch (UserException e) {
      return null; // the models' files are elsewhere: everything but the inputs' text is known
    }
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
