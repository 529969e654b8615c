package io.modeldiff.web.api;

import static io.modeldiff.web.access.Permission.ANNOTATE;
import static io.modeldiff.web.access.Permission.OPERATE;
import static io.modeldiff.web.access.Permission.VIEW;

import io.modeldiff.web.service.AnnotationService;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints of annotation projects. */
final class AnnotationEndpoints extends EndpointTable {
  private static final int MOST_LISTED = 1000;

  private final AnnotationService annotations;

  private AnnotationEndpoints(AnnotationService annotations) {
    super("/annotations");
    this.annotations = annotations;
  }

  /** How many draws more. */
  record TopUp(int perBin, @Nullable String requestId) {}

  /** New guidelines. */
  record NewGuidelines(String text, @Nullable String requestId) {}

  /** A request with nothing but its id. */
  record Plain(@Nullable String requestId) {}

  /** Why an item is flagged. */
  record NewFlag(@Nullable String comment, @Nullable String requestId) {}

  /** An exported project. */
  record ImportFile(String format, String content, @Nullable String name) {}

  static List<Endpoint> of(AnnotationService annotations) {
    AnnotationEndpoints endpoints = new AnnotationEndpoints(annotations);
    endpoints.projects();
    endpoints.work();
    endpoints.review();
    return endpoints.rows();
  }

  private void projects() {
    get("", VIEW, call -> annotations.list(call.whole("limit", 100, 1, MOST_LISTED)));
    post(
        "",
        OPERATE,
        call ->
            new Bodies.Started(
                annotations.create(
                    call.read(AnnotationService.NewProject.class, "name", "comparison"),
                    call.caller())));
    post(
        "/import",
        OPERATE,
        call -> {
          ImportFile file = call.read(ImportFile.class, "format", "content");
          return new Bodies.Started(
              annotations.load(file.format(), file.content(), file.name(), call.caller()));
        });
    get("/{id}", VIEW, call -> annotations.get(call.part("id")));
    post(
        "/{id}/topup",
        OPERATE,
        call -> {
          TopUp more = call.read(TopUp.class, "perBin");
          annotations.topUp(call.part("id"), more.perBin(), more.requestId(), call.caller());
          return DONE;
        });
    post(
        "/{id}/guidelines",
        OPERATE,
        call -> {
          NewGuidelines now = call.read(NewGuidelines.class, "text");
          annotations.reviseGuidelines(call.part("id"), now.text(), now.requestId(), call.caller());
          return DONE;
        });
    get("/{id}/agreement", VIEW, call -> annotations.agreement(call.part("id")));
    get("/{id}/results", VIEW, call -> annotations.results(call.part("id")));
    file(
        "/{id}/export",
        OPERATE,
        call ->
            annotations.export(
                call.part("id"), call.oneOf("format", List.of("jsonl", "csv")), call.caller()));
    events(
        "/{id}/events",
        call -> annotations.get(call.part("id")),
        (call, listener) -> annotations.watch(call.part("id"), listener::accept));
  }

  private void work() {
    post("/{id}/next", ANNOTATE, call -> annotations.next(call.part("id"), call.caller()));
    post(
        "/{id}/undo",
        ANNOTATE,
        call ->
            annotations.undo(call.part("id"), call.read(Plain.class).requestId(), call.caller()));
    get(
        "/{id}/items/{item}",
        ANNOTATE,
        call -> annotations.reveal(call.part("id"), call.part("item"), call.caller()));
    post(
        "/{id}/items/{item}/renew",
        ANNOTATE,
        call -> {
          annotations.renew(call.part("id"), call.part("item"), call.caller());
          return DONE;
        });
    post(
        "/{id}/items/{item}/answer",
        ANNOTATE,
        call ->
            annotations.answer(
                call.part("id"),
                call.part("item"),
                call.read(AnnotationService.NewAnswer.class),
                call.caller()));
    post(
        "/{id}/items/{item}/skip",
        ANNOTATE,
        call -> {
          annotations.skip(
              call.part("id"),
              call.part("item"),
              call.read(Plain.class).requestId(),
              call.caller());
          return DONE;
        });
    post(
        "/{id}/items/{item}/flag",
        ANNOTATE,
        call -> {
          NewFlag flag = call.read(NewFlag.class);
          annotations.flag(
              call.part("id"),
              call.part("item"),
              flag.comment() == null ? "" : flag.comment(),
              flag.requestId(),
              call.caller());
          return DONE;
        });
  }

  private void review() {
    get("/{id}/review", OPERATE, call -> annotations.review(call.part("id"), call.caller()));
    post(
        "/{id}/items/{item}/adjudication",
        OPERATE,
        call -> {
          annotations.adjudicate(
              call.part("id"),
              call.part("item"),
              call.read(AnnotationService.NewAnswer.class),
              call.caller());
          return DONE;
        });
  }
}
