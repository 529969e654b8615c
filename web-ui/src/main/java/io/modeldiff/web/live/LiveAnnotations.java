package io.modeldiff.web.live;

import io.modeldiff.analysis.agreement.ProjectAgreement;
import io.modeldiff.analysis.annotation.ItemDraw;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.DesignStratum;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.registry.RegistryEvent.AnnotationListed;
import io.modeldiff.replica.annotation.AnnotationReply;
import io.modeldiff.replica.annotation.AnnotationRequest;
import io.modeldiff.replica.annotation.AnnotationView;
import io.modeldiff.replica.api.Annotations;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.AnnotationService;
import io.modeldiff.web.service.ComparisonService.Export;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/** Annotation projects of a running platform. */
final class LiveAnnotations implements AnnotationService {
  /** A request with all items must fit into one message between processes. */
  private static final long MOST_BYTES = 1_800_000;

  private static final String DEFAULT_GUIDELINES =
      "Score how good the text is as an example of what the models were trained to produce: 1 is"
          + " perfectly good, 0 is completely bad. Choose \"cannot judge\" when you do not know.";

  private final RunningPlatform platform;
  private final Annotations annotations;
  private final LiveComparisons comparisons;
  private final LiveProjects projects;
  private final Map<String, AnnotationDesign> designs = new ConcurrentHashMap<>();
  private final LiveResults results;

  LiveAnnotations(RunningPlatform platform, LiveComparisons comparisons) {
    this.platform = platform;
    this.annotations = platform.replicas().annotations();
    this.comparisons = comparisons;
    this.projects = new LiveProjects(platform);
    this.results = new LiveResults(comparisons);
  }

  @Override
  public List<Progress> list(int limit) {
    List<String> newest = new ArrayList<>(listed().keySet());
    Collections.reverse(newest);
    return newest.stream().limit(limit).map(id -> progress(view(id))).toList();
  }

  private Map<String, AnnotationListed> listed() {
    return RunningPlatform.await(platform.replicas().registry().all()).annotations();
  }

  private AnnotationView view(String id) {
    requireListed(id);
    return RunningPlatform.await(annotations.view(id));
  }

  /** Designs never change. */
  private AnnotationDesign design(String id) {
    AnnotationDesign known = designs.get(id);
    if (known == null) {
      known = view(id).design();
      designs.put(id, known);
    }
    return known;
  }

  private void requireListed(String id) {
    if (!listed().containsKey(id)) {
      throw new NotFoundException("annotation project", id);
    }
  }

  private static Progress progress(AnnotationView v) {
    return new Progress(
        v.project(),
        v.design().name(),
        v.design().comparison(),
        v.items(),
        v.complete(),
        v.answers(),
        v.wanted(),
        v.unjudged(),
        v.late(),
        v.aside(),
        v.flagged(),
        v.disputed(),
        v.adjudicated(),
        v.people(),
        v.created().at(),
        v.created().who());
  }

  @Override
  public Detail get(String id) {
    AnnotationView v = view(id);
    return new Detail(
        progress(v), v.design(), v.draws(), v.guidelines().version(), v.guidelines().text());
  }

  @Override
  public String create(NewProject project, Caller who) {
    who.require(Permission.OPERATE);
    Cause cause = cause(project.requestId(), who);
    String id = id(cause);
    Outcome outcome = comparisons.outcome(project.comparison());
    ItemDraw draw = ItemDraw.of(outcome);
    AnnotationDesign design = design(project, outcome, draw);
    List<AnnotationItem> items = draw(draw, design, 0, design.perBin());
    if (items.isEmpty()) {
      throw UserException.badInput(
          "No sampled input lies in the D bins of this project; choose other edges or terms.");
    }
    String text = project.guidelines();
    RunningPlatform.await(
        annotations.create(
            id,
            new AnnotationRequest.Create(design, text == null ? DEFAULT_GUIDELINES : text, cause),
            cause));
    ask(id, new AnnotationRequest.AddItems(items, design.perBin(), 0, part(cause, "items")));
    return id;
  }

  private static AnnotationDesign design(NewProject p, Outcome outcome, ItemDraw draw) {
    Double asked = p.lambda();
    double lambda = asked == null ? outcome.comparison().spec().lambda() : asked;
    List<Term> terms = p.terms() == null ? List.of(Term.values()) : p.terms();
    List<Double> edges = p.edges();
    List<DesignStratum> strata =
        edges == null || edges.isEmpty()
            ? draw.strata(terms, lambda, or(p.bins(), 4))
            : strata(edges, terms);
    return new AnnotationDesign(
        p.name(),
        p.comparison(),
        terms,
        lambda,
        strata,
        or(p.perBin(), 25),
        or(p.steps(), 1),
        or(p.overlap(), 2),
        p.blind() == null || p.blind(),
        p.seed() == null ? 1 : p.seed(),
        or(p.leaseSeconds(), 300));
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  private static List<DesignStratum> strata(List<Double> edges, List<Term> terms) {
    for (int i = 1; i < edges.size(); i++) {
      if (!(edges.get(i) > edges.get(i - 1))) {
        throw UserException.badInput("The D bin edges must ascend, but were " + edges + ".");
      }
    }
    List<DesignStratum> strata = new ArrayList<>();
    TreeSet<String> directions = new TreeSet<>();
    terms.forEach(t -> directions.add(t.direction()));
    for (String direction : directions) {
      for (int i = 1; i < edges.size(); i++) {
        strata.add(new DesignStratum(direction, edges.get(i - 1), edges.get(i)));
      }
    }
    if (strata.isEmpty()) {
      throw UserException.badInput("D bins need at least two edges, but were " + edges + ".");
    }
    return strata;
  }

  private List<AnnotationItem> draw(ItemDraw draw, AnnotationDesign design, int after, int count) {
    Tokenizer tokenizer = comparisons.tokenizer(comparisons.outcome(design.comparison()));
    List<AnnotationItem> items =
        draw.draw(
            design.strata(),
            design.seed(),
            after,
            count,
            ids -> tokenizer.decode(ids.stream().mapToInt(Integer::intValue).toArray()));
    requireRoom(items);
    return items;
  }

  private static void requireRoom(List<AnnotationItem> items) {
    long bytes =
        items.stream().mapToLong(i -> 150 + 3L * i.text().length() + 5L * i.tokens().size()).sum();
    if (bytes > MOST_BYTES) {
      throw UserException.badInput(
          items.size()
              + " items of this length are too many at a time; draw fewer per bin now and top up"
              + " later.");
    }
  }

  @Override
  public void topUp(String id, int perBin, @Nullable String requestId, Caller who) {
    who.require(Permission.OPERATE);
    AnnotationView v = view(id);
    if (perBin < 1 || perBin > 10_000) {
      throw UserException.badInput(
          "Top up by 1 to 10,000 draws per bin, but it was " + perBin + ".");
    }
    List<AnnotationItem> items =
        draw(
            ItemDraw.of(comparisons.outcome(v.design().comparison())),
            v.design(),
            v.draws(),
            perBin);
    ask(id, new AnnotationRequest.AddItems(items, perBin, v.draws(), cause(requestId, who)));
  }

  @Override
  public void reviseGuidelines(String id, String text, @Nullable String requestId, Caller who) {
    who.require(Permission.OPERATE);
    ask(id, new AnnotationRequest.ReviseGuidelines(text, cause(requestId, who)));
  }

  @Override
  public Next next(String id, Caller who) {
    who.require(Permission.ANNOTATE);
    return next(id, ask(id, new AnnotationRequest.Next(who.name())));
  }

  private Next next(String id, AnnotationReply reply) {
    if (reply instanceof AnnotationReply.Offered o) {
      boolean blind = design(id).blind();
      return new Next(
          "item",
          new Shown(
              o.item().id(),
              o.item().text(),
              o.until(),
              o.guidelines(),
              o.skippedBefore(),
              o.before(),
              blind ? null : (Double) o.item().difference()),
          null,
          0,
          o.answered());
    } else if (reply instanceof AnnotationReply.Waiting w) {
      return new Next("waiting", null, w.retryAt(), w.held(), w.answered());
    }
    return new Next("done", null, null, 0, ((AnnotationReply.NothingLeft) reply).answered());
  }

  @Override
  public void renew(String id, String item, Caller who) {
    who.require(Permission.ANNOTATE);
    ask(id, new AnnotationRequest.Renew(item, who.name()));
  }

  @Override
  public Stored answer(String id, String item, NewAnswer a, Caller who) {
    who.require(Permission.ANNOTATE);
    AnnotationReply.Recorded r =
        (AnnotationReply.Recorded)
            ask(
                id,
                new AnnotationRequest.Submit(
                    item,
                    who.name(),
                    a.score(),
                    text(a.comment()),
                    a.guidelinesVersion(),
                    request(a.requestId())));
    return new Stored(r.item(), r.answer(), r.repeated());
  }

  @Override
  public void skip(String id, String item, @Nullable String requestId, Caller who) {
    who.require(Permission.ANNOTATE);
    ask(id, new AnnotationRequest.Skip(item, who.name(), request(requestId)));
  }

  @Override
  public void flag(String id, String item, String comment, @Nullable String requestId, Caller who) {
    who.require(Permission.ANNOTATE);
    ask(id, new AnnotationRequest.Flag(item, who.name(), comment, request(requestId)));
  }

  @Override
  public Next undo(String id, @Nullable String requestId, Caller who) {
    who.require(Permission.ANNOTATE);
    return next(id, ask(id, new AnnotationRequest.Undo(who.name(), request(requestId))));
  }

  @Override
  public void adjudicate(String id, String item, NewAnswer word, Caller who) {
    who.require(Permission.OPERATE);
    String request = request(word.requestId());
    ask(
        id,
        new AnnotationRequest.Adjudicate(
            item, word.score(), text(word.comment()), who.name(), request));
    ask(id, new AnnotationRequest.ClearFlags(item, who.name(), request + "/flags"));
  }

  @Override
  public List<ItemState> review(String id, Caller who) {
    who.require(Permission.OPERATE);
    requireListed(id);
    return projects.now(id).items().stream()
        .filter(i -> !i.flags().isEmpty() || i.disputed())
        .toList();
  }

  @Override
  public Revealed reveal(String id, String item, Caller who) {
    who.require(Permission.ANNOTATE);
    requireListed(id);
    AnnotationProject project = projects.now(id);
    ItemState state = project.find(item);
    if (state == null) {
      throw new NotFoundException("item of project " + id, item);
    }
    if (project.defined().blind()
        && state.answerOf(who.name()) == null
        && !who.may(Permission.OPERATE)) {
      throw UserException.badInput("The project is blind: answer the item first.");
    }
    String comparison = project.defined().comparison();
    boolean here = comparisons.exists(comparison);
    return new Revealed(
        item,
        state.item().text(),
        state.item().tokens(),
        state.item().zA(),
        state.item().zB(),
        here ? comparisons.model(comparison, 0) : null,
        here ? comparisons.model(comparison, 1) : null);
  }

  @Override
  public ProjectAgreement agreement(String id) {
    requireListed(id);
    return ProjectAgreement.of(projects.now(id));
  }

  @Override
  public Results results(String id) {
    requireListed(id);
    return results.of(projects.now(id));
  }

  @Override
  public Export export(String id, String format, Caller who) {
    who.require(Permission.OPERATE);
    requireListed(id);
    AnnotationProject project = projects.now(id);
    return switch (format) {
      case "jsonl" -> file(id + ".jsonl", "application/x-ndjson", AnnotationFiles.jsonl(project));
      case "csv" -> file(id + ".csv", "text/csv", AnnotationCsv.write(project));
      default ->
          throw UserException.badInput(
              "The format must be jsonl or csv, but was '" + format + "'.");
    };
  }

  private static Export file(String name, String mediaType, String text) {
    try {
      Path file = Files.createTempFile("modeldiff-", ".annotation");
      Files.writeString(file, text);
      return new Export(name, mediaType, file);
    } catch (IOException e) {
      throw UserException.failed(
          "The file cannot be written (" + e.getMessage() + "): is the disk full?", e);
    }
  }

  @Override
  public String load(String format, String content, @Nullable String name, Caller who) {
    who.require(Permission.OPERATE);
    AnnotationProject read =
        switch (format) {
          case "jsonl" -> AnnotationFiles.fromJsonl(content);
          case "csv" -> AnnotationCsv.read(content);
          default ->
              throw UserException.badInput(
                  "The format must be jsonl or csv, but was '" + format + "'.");
        };
    Cause cause = cause(null, who);
    String id = id(cause);
    Importer importer = new Importer(read, cause);
    RunningPlatform.await(annotations.create(id, importer.create(name), cause));
    importer.rest().forEach(request -> ask(id, request));
    return id;
  }

  @Override
  public Subscription watch(String id, Consumer<Progress> listener) {
    UniqueKillSwitch kill =
        annotations
            .watch(id)
            .viaMat(KillSwitches.single(), Keep.right())
            .map(LiveAnnotations::progress)
            .to(Sink.foreach(listener::accept))
            .run(platform.system());
    return kill::shutdown;
  }

  private AnnotationReply ask(String id, AnnotationRequest request) {
    design(id);
    return RunningPlatform.await(annotations.ask(id, request));
  }

  private static Cause cause(@Nullable String requestId, Caller who) {
    return new Cause(who.name(), "", Instant.now(), request(requestId));
  }

  static Cause part(Cause cause, String name) {
    return new Cause(cause.who(), cause.why(), cause.at(), cause.requestId() + "/" + name);
  }

  private static String request(@Nullable String requestId) {
    return requestId == null || requestId.isBlank() ? UUID.randomUUID().toString() : requestId;
  }

  /** The same request names the same project. */
  private static String id(Cause cause) {
    return "p" + AnnotationItem.id(cause.requestId().codePoints().boxed().toList()).substring(1);
  }

  private static String text(@Nullable String comment) {
    return comment == null ? "" : comment;
  }
}
