package io.modeldiff.web.api;

import static io.modeldiff.web.access.Permission.ADMINISTER;
import static io.modeldiff.web.access.Permission.OPERATE;
import static io.modeldiff.web.access.Permission.VIEW;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.modeldiff.web.access.User;
import io.modeldiff.web.access.UserStore;
import io.modeldiff.web.api.Bodies.Started;
import io.modeldiff.web.corpus.TextGenerator;
import io.modeldiff.web.result.export.Tables;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.service.CampaignControl;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.InstanceService;
import io.modeldiff.web.service.JobService;
import io.modeldiff.web.service.ModelService;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.service.SystemService;
import java.util.List;
import java.util.stream.Stream;

/** The table of all endpoints. */
final class Endpoints extends EndpointTable {
  private static final int MOST_LISTED = 1000;
  private static final int MOST_INPUTS = 10_000;
  private static final int PAGE = 100;
  private static final int COMPOSED = 400;
  private static final List<String> EXPORTS =
      Stream.concat(Stream.of("document", "report"), Tables.names().stream()).toList();

  private Endpoints() {
    super("");
  }

  static List<Endpoint> of(Services services) {
    Endpoints endpoints = new Endpoints();
    endpoints.platform(services.system(), services.access().users());
    endpoints.models(services.models());
    endpoints.campaigns(services.campaigns());
    endpoints.comparisons(services.comparisons());
    endpoints.instances(services.instances());
    endpoints.jobs(services.jobs());
    endpoints.add(CorpusEndpoints.of(services.corpora()));
    endpoints.add(AnnotationEndpoints.of(services.annotations()));
    return endpoints.rows();
  }

  private void platform(SystemService system, UserStore users) {
    get("/health", VIEW, call -> system.health());
    get("/me", VIEW, Call::caller);
    get("/users", ADMINISTER, call -> users.list().stream().map(Endpoints::view).toList());
    put(
        "/users/{name}",
        ADMINISTER,
        call -> {
          Bodies.NewUser body = call.read(Bodies.NewUser.class, "role", "password");
          users.put(call.part("name"), body.role(), body.password());
          return DONE;
        });
    delete(
        "/users/{name}",
        ADMINISTER,
        call -> {
          users.remove(call.part("name"));
          return DONE;
        });
    post(
        "/users/{name}/tokens",
        ADMINISTER,
        call -> {
          String label = call.read(Bodies.NewToken.class, "label").label();
          return new Bodies.Token(label, users.newToken(call.part("name"), label));
        });
  }

  private static Bodies.UserView view(User user) {
    return new Bodies.UserView(
        user.name(), user.role(), user.tokens().stream().map(User.Token::label).toList());
  }

  private void models(ModelService models) {
    get("/models", VIEW, call -> models.list());
    post(
        "/models",
        OPERATE,
        call -> {
          Bodies.NewModel body = call.read(Bodies.NewModel.class, "name", "directory");
          return models.add(body.name(), body.directory(), call.caller());
        });
    get("/models/{name}", VIEW, call -> models.get(call.part("name")));
    get(
        "/models/{name}/compatibility",
        VIEW,
        call -> models.compatibility(call.part("name"), call.text("with")));
    post(
        "/models/{name}/texts",
        OPERATE,
        call ->
            models.generate(
                call.part("name"),
                call.read(TextGenerator.class, "count", "length", "seed"),
                call.caller()));
  }

  private void jobs(JobService jobs) {
    get("/jobs/{id}", VIEW, call -> jobs.get(call.part("id")));
    delete("/jobs/{id}", VIEW, call -> jobs.cancel(call.part("id"), call.caller()));
  }

  private void campaigns(CampaignService campaigns) {
    get("/campaigns", VIEW, call -> campaigns.list(call.whole("limit", 100, 1, MOST_LISTED)));
    post(
        "/campaigns",
        OPERATE,
        call ->
            new Started(
                campaigns.start(
                    call.read(CampaignService.Spec.class, "model", "space", "method", "kernels"),
                    call.caller())));
    get("/campaigns/{id}", VIEW, call -> campaigns.get(call.part("id")));
    post(
        "/campaigns/{id}/pause",
        OPERATE,
        call -> {
          campaigns.pause(call.part("id"), call.read(Bodies.Reason.class).text(), call.caller());
          return DONE;
        });
    post(
        "/campaigns/{id}/resume",
        OPERATE,
        call -> {
          campaigns.resume(call.part("id"), call.caller());
          return DONE;
        });
    post(
        "/campaigns/{id}/cancel",
        OPERATE,
        call -> {
          campaigns.cancel(call.part("id"), call.read(Bodies.Reason.class).text(), call.caller());
          return DONE;
        });
    post(
        "/campaigns/{id}/extend",
        OPERATE,
        call -> {
          long more = call.read(Bodies.Extension.class, "evaluations").evaluations();
          campaigns.extend(call.part("id"), more, call.caller());
          return DONE;
        });
    post(
        "/campaigns/{id}/clone",
        OPERATE,
        call ->
            new Started(
                campaigns.cloneOf(
                    call.part("id"), call.read(Bodies.Seed.class, "seed").seed(), call.caller())));
    control(campaigns);
    events(
        "/campaigns/{id}/events",
        call -> campaigns.get(call.part("id")),
        (call, listener) -> campaigns.watch(call.part("id"), listener::accept));
  }

  private void control(CampaignControl control) {
    get("/standings", VIEW, call -> control.standings());
    post(
        "/standings",
        OPERATE,
        call -> {
          Bodies.Beginning body = call.read(Bodies.Beginning.class, "spec", "wish");
          return control.begin(body.spec(), body.clonedFrom(), body.wish(), call.caller());
        });
    post(
        "/comparisons/specs",
        OPERATE,
        call -> {
          Bodies.Comparing body = call.read(Bodies.Comparing.class, "spec", "wish");
          return new Started(control.compare(body.spec(), body.wish(), call.caller()));
        });
    get("/standings/{id}", VIEW, call -> control.standing(call.part("id")));
    post(
        "/standings/{id}/changes",
        OPERATE,
        call ->
            control.change(
                call.part("id"),
                call.read(CampaignControl.Change.class, "action", "wish"),
                call.caller()));
  }

  private void comparisons(ComparisonService comparisons) {
    get("/comparisons", VIEW, call -> comparisons.list(call.whole("limit", 100, 1, MOST_LISTED)));
    post(
        "/comparisons", OPERATE, call -> new Started(comparisons.start(spec(call), call.caller())));
    post("/comparisons/forecast", OPERATE, call -> comparisons.forecast(spec(call), call.caller()));
    post("/comparisons/explore", OPERATE, call -> explore(comparisons, call));
    get("/comparisons/{id}", VIEW, call -> comparisons.get(call.part("id")));
    get("/comparisons/{id}/result", VIEW, call -> result(comparisons, call));
    get("/comparisons/{id}/density", VIEW, call -> comparisons.density(call.part("id")));
    get(
        "/comparisons/{id}/inputs",
        VIEW,
        call -> comparisons.inputs(call.part("id"), query(call, PAGE)));
    get(
        "/comparisons/{id}/composition",
        VIEW,
        call -> comparisons.mix(call.part("id"), query(call, COMPOSED)));
    post(
        "/comparisons/{id}/corpus-space",
        VIEW,
        call ->
            comparisons.corpus(
                call.part("id"), call.read(Bodies.CorpusSpace.class, "corpus").query()));
    get(
        "/comparisons/{id}/inputs/{input}",
        VIEW,
        call -> comparisons.input(call.part("id"), call.part("input")));
    file(
        "/comparisons/{id}/export",
        VIEW,
        call ->
            comparisons.export(
                call.part("id"),
                call.oneOf("what", EXPORTS),
                call.oneOf("format", List.of("json", "csv", "parquet"))));
    post(
        "/comparisons/{id}/rebuild",
        OPERATE,
        call -> comparisons.rebuild(call.part("id"), call.caller()));
    post(
        "/comparisons/{id}/cancel",
        OPERATE,
        call -> {
          comparisons.cancel(call.part("id"), call.read(Bodies.Reason.class).text(), call.caller());
          return DONE;
        });
    events(
        "/comparisons/{id}/events",
        call -> comparisons.get(call.part("id")),
        (call, listener) -> comparisons.watch(call.part("id"), listener::accept));
  }

  private static ComparisonService.Spec spec(Call call) throws JsonProcessingException {
    return call.read(ComparisonService.Spec.class, "a", "b", "space", "method", "kernels");
  }

  private static Object explore(ComparisonService comparisons, Call call)
      throws JsonProcessingException {
    Bodies.Exploration body = call.read(Bodies.Exploration.class, "model", "space");
    return comparisons.explore(
        body.model(),
        body.space(),
        body.betas() == null ? List.of(1.0) : body.betas(),
        body.sentences() == null ? List.of() : body.sentences());
  }

  private static Object result(ComparisonService comparisons, Call call) {
    Double lambda = call.number("lambda");
    if (lambda != null && lambda < 0) {
      throw Problem.field(
          "lambda", "'lambda' must be 0 or more nats per token, but was " + lambda + ".");
    }
    String id = call.part("id");
    return comparisons.result(id, lambda == null ? comparisons.get(id).lambda() : lambda);
  }

  private static InputQuery query(Call call, int limit) {
    return new InputQuery(
        call.oneOf("direction", List.of("AB", "BA")),
        call.number("from", -InputQuery.WIDEST),
        call.number("to", InputQuery.WIDEST),
        call.number("zFrom", -InputQuery.WIDEST),
        call.number("zTo", InputQuery.WIDEST),
        call.query().getOrDefault("text", ""),
        call.whole("offset", 0, 0, Integer.MAX_VALUE),
        call.whole("limit", limit, 1, MOST_INPUTS));
  }

  private void instances(InstanceService instances) {
    post(
        "/instances",
        VIEW,
        call -> {
          Bodies.InstanceRequest body = call.read(Bodies.InstanceRequest.class, "a", "b");
          boolean diff = Boolean.TRUE.equals(body.diff());
          if (body.ids() != null && diff) {
            throw Problem.field("diff", "'diff' is of a 'text'; leave it out with 'ids'.");
          }
          if (body.ids() != null) {
            return instances.analyzeTokens(body.a(), body.b(), body.ids());
          }
          if (body.text() == null) {
            throw Problem.field("text", "Either 'text' or 'ids' must be given.");
          }
          return instances.analyze(body.a(), body.b(), body.text(), diff);
        });
  }
}
