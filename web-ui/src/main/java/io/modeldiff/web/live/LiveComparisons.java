package io.modeldiff.web.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.analysis.comparison.Comparison;
import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.history.CampaignRecord;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.replica.comparison.ComparisonView;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.SpaceSpec;
import io.modeldiff.web.service.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Comparisons of a running platform. */
final class LiveComparisons implements ComparisonService {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int ALL_HEADLINES = 12;
  private static final int EXPORTED_INPUTS = 100_000;

  private final RunningPlatform platform;
  private final LiveModels models;
  private final ModelPool pool;
  private final ZFinder finder;
  private final Outcomes outcomes;

  LiveComparisons(RunningPlatform platform, LiveModels models, ModelPool pool) {
    this.platform = platform;
    this.models = models;
    this.pool = pool;
    this.finder = new ZFinder(models, pool);
    this.outcomes = new Outcomes(platform);
  }

  @Override
  public List<Summary> list(int limit) {
    List<ComparisonListed> newest = new ArrayList<>(listed().values());
    Collections.reverse(newest);
    boolean compute = limit <= ALL_HEADLINES;
    return newest.stream().limit(limit).map(c -> summary(view(c.comparison()), compute)).toList();
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
    return summary(view(id), true);
  }

  private Summary summary(ComparisonView view, boolean compute) {
    ComparisonSpec spec = view.spec();
    Outcome outcome = compute ? outcomes.latest(view) : outcomes.known(view.comparison());
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
        outcome == null ? null : Estimates.headline(outcome.result()),
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
      return "Done; open it for its result.";
    }
    return String.format(
        Locale.ENGLISH,
        "Sampling: %,.0f of %,d evaluations of A, %,.0f of %,d of B; %,d samples scored by the other"
            + " model.",
        a.evaluations(),
        a.spec().evaluations(),
        b.evaluations(),
        b.spec().evaluations(),
        view.samples());
  }

  private Outcome outcome(String id) {
    Outcome outcome = outcomes.latest(view(id));
    if (outcome == null) {
      throw new NotFoundException("result yet of comparison", id);
    }
    return outcome;
  }

  @Override
  public Result result(String id, double lambda) {
    Outcome outcome = outcome(id);
    ComparisonSpec stored = outcome.comparison().spec();
    ComparisonResult r =
        lambda == stored.lambda()
            ? outcome.result()
            : Comparison.of(
                outcome.a().input(),
                outcome.b().input(),
                new io.modeldiff.analysis.comparison.ComparisonSpec(
                    stored.space().scored(), stored.z(), lambda, stored.bin()));
    CampaignRecord a = outcome.a().campaign();
    CampaignRecord b = outcome.b().campaign();
    int length = stored.space().length();
    return new Result(
        id,
        new Campaigns(a.campaign(), b.campaign()),
        new Evaluations(
            a.positions() / length,
            b.positions() / length,
            outcome.comparison().crossPositions() / length),
        stoppedBy(a, b),
        lambda,
        Estimates.estimate(r.countA()),
        Estimates.estimate(r.countB()),
        Estimates.estimate(r.countAB()),
        new Terms(
            Estimates.estimate(r.terms().pdAB()),
            Estimates.estimate(r.terms().paAB()),
            Estimates.estimate(r.terms().paBA()),
            Estimates.estimate(r.terms().pdBA())),
        Estimates.ratio(r),
        Estimates.curve(r.histogramAB()),
        Estimates.curve(r.histogramBA()),
        Estimates.curve(r.rhoA()),
        Estimates.curve(r.rhoB()),
        ResultChecks.of(outcome));
  }

  private static String stoppedBy(CampaignRecord a, CampaignRecord b) {
    String first = word(a);
    String second = word(b);
    return first.equals(second) ? first : first + "," + second;
  }

  private static String word(CampaignRecord campaign) {
    return campaign.stoppedBy() == null
        ? "still running"
        : campaign.stoppedBy().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Density density(String id) {
    return SampledInputs.density(outcome(id));
  }

  @Override
  public List<Input> inputs(String id, String direction, double from, double to, int limit) {
    Outcome outcome = outcome(id);
    return SampledInputs.of(outcome, direction, from, to, limit, tokenizer(outcome));
  }

  private Tokenizer tokenizer(Outcome outcome) {
    String path = outcome.comparison().spec().sides().get(0).model().path();
    return ModelDirectory.open(Path.of(path)).tokenizer();
  }

  @Override
  public Input input(String id, String inputId) {
    Outcome outcome = outcome(id);
    Input found = SampledInputs.one(outcome, inputId, tokenizer(outcome));
    if (found == null) {
      throw new NotFoundException("input of comparison " + id, inputId);
    }
    return found;
  }

  @Override
  public String start(Spec spec, Caller who) {
    who.require(Permission.OPERATE);
    CampaignSpec a = campaign(spec, spec.a());
    CampaignSpec b = campaign(spec, spec.b());
    if (!a.space().equals(b.space())) {
      throw UserException.badInput(models.compatibility(spec.a(), spec.b()).reason());
    }
    ComparisonSpec comparison =
        Comparisons.spec(List.of(a, b), spec.lambda(), spec.bin(), spec.targetError(), 0);
    Cause cause = Cause.now(who.name(), "");
    RunningPlatform.await(platform.campaigns().start(a, cause));
    RunningPlatform.await(platform.campaigns().start(b, cause));
    RunningPlatform.await(platform.comparisons().start(comparison, cause));
    return comparison.id();
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
            .takeWhile(summary -> !summary.phase().isOver(), true)
            .to(Sink.foreach(listener::accept))
            .run(platform.system());
    return kill::shutdown;
  }

  @Override
  public Export export(String id, String format) {
    Result result = result(id, get(id).lambda());
    return switch (format) {
      case "json" -> new Export(id + ".json", "application/json", json(result));
      case "csv" -> new Export(id + ".csv", "text/csv", csv(result));
      case "jsonl" -> new Export(id + ".jsonl", "application/x-ndjson", lines(id));
      default ->
          throw UserException.badInput(
              "The format must be json, csv or jsonl, but was '" + format + "'.");
    };
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results are JSON values", e);
    }
  }

  private static byte[] csv(Result r) {
    StringBuilder out = new StringBuilder("histogram,from,to,log10,relSe\r\n");
    Map<String, io.modeldiff.web.service.Curve> curves =
        Map.of(
            "D found by A", r.histogramAB(),
            "D found by B", r.histogramBA(),
            "z of A", r.rhoA(),
            "z of B", r.rhoB());
    curves.forEach(
        (name, curve) -> {
          for (int i = 0; i < curve.bins(); i++) {
            out.append(name).append(',');
            out.append(curve.edges().get(i)).append(',').append(curve.edges().get(i + 1));
            out.append(',').append(text(curve.log10().get(i)));
            out.append(',').append(text(curve.relSe().get(i))).append("\r\n");
          }
        });
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }

  private byte[] lines(String id) {
    StringBuilder out = new StringBuilder();
    for (String direction : List.of("AB", "BA")) {
      inputs(id, direction, -Double.MAX_VALUE, Double.MAX_VALUE, EXPORTED_INPUTS)
          .forEach(
              input -> out.append(new String(json(input), StandardCharsets.UTF_8)).append('\n'));
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Forecast forecast(Spec spec, Caller who) {
    who.require(Permission.OPERATE);
    return finder.forecast(spec);
  }

  @Override
  public ZPicture explore(
      String model, SpaceSpec space, List<Double> betas, List<String> sentences) {
    return finder.explore(model, space, betas, sentences);
  }
}
