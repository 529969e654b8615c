package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import io.modeldiff.analysis.agreement.AgreementFigure;
import io.modeldiff.analysis.agreement.ProjectAgreement;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.AnnotationService.Progress;
import io.modeldiff.web.service.AnnotationService.Rate;
import io.modeldiff.web.service.AnnotationService.Results;
import io.modeldiff.web.service.AnnotationService.Share;
import io.modeldiff.web.service.AnnotationService.TermFigures;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.service.Subscription;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.Tile;
import io.modeldiff.web.ui.part.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a project's answers say so far, brought up to date while people answer. */
final class AnnotationPanel extends Div {
  private static final long serialVersionUID = 1L;

  private static final int LOOKED_AT = 200;
  private static final int SHOWN = 3;

  private final String project;
  private final Div progress = new Div();
  private final Div figures = new Div();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();
  private transient @Nullable Subscription subscription;

  private transient volatile @Nullable Progress last;

  /** What is read together. */
  private record Figures(@Nullable Results results, String why, ProjectAgreement agreement) {}

  AnnotationPanel(String project) {
    this.project = project;
    addClassNames("md-card", "md-stack");
    progress.setId("annotation-progress");
    figures.addClassName("md-stack");
    add(progress, figures);
  }

  /** Panels of the newest projects on a comparison; empty while there is none. */
  static Div ofComparison(String comparison) {
    Div panels = new Div();
    panels.addClassNames("md-section", "md-stack");
    panels.setId("annotations");
    Page.load(
        panels,
        s ->
            s.annotations().list(LOOKED_AT).stream()
                .filter(p -> p.comparison().equals(comparison))
                .limit(SHOWN)
                .toList(),
        (List<Progress> projects) ->
            projects.forEach(p -> panels.add(new AnnotationPanel(p.id()))));
    return panels;
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    Services services = Session.services();
    subscription =
        services
            .annotations()
            .watch(
                project,
                news -> {
                  if (news.equals(last)) {
                    return;
                  }
                  last = news;
                  Page.inUi(ui, () -> show(news));
                  refresh(ui, services);
                });
  }

  @Override
  protected void onDetach(DetachEvent event) {
    Subscription open = subscription;
    if (open != null) {
      open.close();
    }
  }

  /** Figures are computed one after the other, the last news always included. */
  private void refresh(UI ui, Services services) {
    again.set(true);
    if (busy.compareAndSet(false, true)) {
      services
          .background()
          .execute(
              () -> {
                try {
                  while (again.getAndSet(false)) {
                    Figures read = read(services);
                    Page.inUi(ui, () -> show(read));
                  }
                } finally {
                  busy.set(false);
                }
              });
    }
  }

  private Figures read(Services services) {
    ProjectAgreement agreement = services.annotations().agreement(project);
    try {
      return new Figures(services.annotations().results(project), "", agreement);
    } catch (NotFoundException e) {
      return new Figures(null, String.valueOf(e.getMessage()), agreement);
    }
  }

  private void show(Progress p) {
    progress.removeAll();
    H3 title = new H3(p.name());
    Div links =
        new Div(
            new Anchor("annotate/" + p.id(), "Annotate"),
            new Anchor("annotation/" + p.id(), "Project"));
    links.addClassNames("md-row", "md-small");
    progress.add(
        title,
        links,
        Words.span(
            String.format(
                Locale.ENGLISH,
                "%,d of %,d answers by %d people; %,d of %,d items complete; %,d with differing"
                    + " answers, %,d flagged, %,d reviewed.",
                p.answers(),
                p.wanted(),
                p.people().size(),
                p.complete(),
                p.items(),
                p.disputed(),
                p.flagged(),
                p.adjudicated()),
            "md-muted",
            "md-small"));
  }

  private void show(Figures read) {
    figures.removeAll();
    Results results = read.results();
    if (results == null) {
      figures.add(new Paragraph(read.why()));
    } else {
      Paragraph verdict = new Paragraph(results.sentence());
      verdict.setId("annotation-verdict");
      figures.add(verdict, tiles(results), rates(results));
    }
    figures.add(agreement(read.agreement()));
  }

  private static Div tiles(Results results) {
    Div tiles = new Div();
    tiles.addClassName("md-tiles");
    for (TermFigures t : results.terms()) {
      Tile precision =
          new Tile("Precision " + t.term().word(), Topic.PRECISION)
              .show(value(t.precision()), interval(t.precision()));
      precision.setId("precision-" + t.term().word());
      Tile recall =
          new Tile("Recall " + t.term().word(), Topic.RECALL)
              .show(value(t.recall()), interval(t.recall()));
      recall.setId("recall-" + t.term().word());
      String side = t.term().direction().equals("AB") ? "a" : "b";
      tiles.add(precision.mark(side), recall.mark(side));
    }
    return tiles;
  }

  private static String value(Share share) {
    Double value = share.value();
    return value == null ? "not annotated" : String.format(Locale.ENGLISH, "%.1f%%", 100 * value);
  }

  private static String interval(Share share) {
    Double low = share.low();
    Double high = share.high();
    return low == null || high == null
        ? ""
        : String.format(
            Locale.ENGLISH,
            "95%%: %.1f to %.1f%%, from %,d items",
            100 * low,
            100 * high,
            share.items());
  }

  private static com.vaadin.flow.component.Component rates(Results results) {
    List<List<String>> rows = new ArrayList<>();
    for (TermFigures t : results.terms()) {
      for (Rate rate : t.rates()) {
        rows.add(
            List.of(
                name(t.term()),
                edge(rate.from(), "−∞") + " … " + edge(rate.to(), "∞"),
                value(rate.score()),
                interval(rate.score())));
      }
    }
    return new DataTable(List.of("Term", "D (nats/token)", "r(D)", "interval"), rows)
        .render("r(D): mean score of the inputs of a D bin");
  }

  private static String name(Term term) {
    return term.word() + ", found by " + (term.direction().equals("AB") ? "A" : "B");
  }

  private static String edge(@Nullable Double edge, String open) {
    return edge == null ? open : String.format(Locale.ENGLISH, "%+.3f", edge);
  }

  private static Div agreement(ProjectAgreement a) {
    Div tiles =
        new Div(
            alpha("nominal", a.nominal()),
            alpha("ordinal", a.ordinal()),
            alpha("interval", a.interval()));
    tiles.addClassName("md-tiles");
    Div box = new Div(tiles);
    if (!a.pairs().isEmpty()) {
      box.add(
          new DataTable(
                  List.of("Two people", "Cohen's kappa", "interval", "items"),
                  a.pairs().stream()
                      .map(
                          p ->
                              List.of(
                                  p.first() + " and " + p.second(),
                                  number(p.kappa()),
                                  range(p.kappa()),
                                  Numbers.whole(p.kappa().units())))
                      .toList())
              .render("Agreement of every two people"));
    }
    return box;
  }

  private static Tile alpha(String metric, AgreementFigure figure) {
    Tile tile =
        new Tile("Krippendorff's alpha, " + metric, Topic.ALPHA)
            .show(number(figure), range(figure));
    tile.setId("alpha-" + metric);
    return tile;
  }

  private static String number(AgreementFigure figure) {
    Double value = figure.value();
    return value == null ? "not defined" : String.format(Locale.ENGLISH, "%.3f", value);
  }

  private static String range(AgreementFigure figure) {
    Double low = figure.low();
    Double high = figure.high();
    String undefined = figure.undefined();
    if (undefined != null) {
      return undefined;
    }
    return low == null || high == null
        ? ""
        : String.format(Locale.ENGLISH, "95%%: %.3f to %.3f, %,d items", low, high, figure.units());
  }
}
