package io.modeldiff.web.api;

import static io.modeldiff.web.access.Permission.OPERATE;
import static io.modeldiff.web.access.Permission.VIEW;

import io.modeldiff.web.service.CorpusService;
import java.util.List;

/** The endpoints of corpora. */
final class CorpusEndpoints extends EndpointTable {
  private static final int MOST_LISTED = 1000;
  private static final int DEFAULT_INPUTS = 1000;

  private final CorpusService corpora;

  private CorpusEndpoints(CorpusService corpora) {
    super("");
    this.corpora = corpora;
  }

  static List<Endpoint> of(CorpusService corpora) {
    CorpusEndpoints endpoints = new CorpusEndpoints(corpora);
    endpoints.library();
    endpoints.ranking();
    endpoints.work();
    return endpoints.rows();
  }

  private void library() {
    get("/corpora", VIEW, call -> corpora.list());
    post(
        "/corpora",
        OPERATE,
        call -> {
          Bodies.NewCorpus body = call.read(Bodies.NewCorpus.class, "name", "content");
          return corpora.add(body.name(), body.content(), call.caller());
        });
    post(
        "/comparisons/{id}/corpus",
        OPERATE,
        call -> {
          Bodies.InputsCorpus body = call.read(Bodies.InputsCorpus.class, "name");
          return corpora.addInputs(
              body.name(),
              call.part("id"),
              body.direction() == null ? "AB" : body.direction(),
              body.limit() == null ? DEFAULT_INPUTS : body.limit(),
              call.caller());
        });
  }

  private void ranking() {
    get(
        "/corpora/{name}/ranking",
        VIEW,
        call ->
            corpora.ranking(
                new CorpusService.Query(
                    call.part("name"),
                    call.text("a"),
                    call.text("b"),
                    call.query().getOrDefault("metric", "avg_prob_diff"),
                    call.oneOf("order", List.of("descending", "ascending")),
                    call.flag("byAbsolute"),
                    call.whole("limit", 50, 1, MOST_LISTED),
                    call.whole("bins", 100, 1, MOST_LISTED),
                    call.query().getOrDefault("contains", ""),
                    call.list("filter")),
                call.caller()));
  }

  // These answer with a job: no connection stays open for as long as a corpus takes.
  private void work() {
    post(
        "/corpora/{name}/analyses",
        OPERATE,
        call ->
            corpora.analyze(
                call.read(Bodies.CorpusAnalysis.class, "models").query(call.part("name")),
                call.caller()));
    post(
        "/corpora/{name}/comparisons",
        VIEW,
        call -> {
          Bodies.CorpusPair body = call.read(Bodies.CorpusPair.class, "a", "b");
          return corpora.compare(
              call.part("name"), body.pairing(), body.phrases(), body.summary(), call.caller());
        });
    post("/corpora/{name}/errors", VIEW, call -> corpora.errors(call.part("name"), call.caller()));
  }
}
