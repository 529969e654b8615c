package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.service.ComparisonService.Export;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.Badge;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** The result of a comparison in a sentence, what was compared, and the files to take away. */
final class ComparisonHead extends Div {
  private static final long serialVersionUID = 1L;

  private final Paragraph headline = new Paragraph();
  private final Div trust = new Div();

  /**
   * @param results whether there are figures to download by now
   */
  ComparisonHead(Summary found, boolean results) {
    addClassNames("md-card", "md-stack");
    getStyle().set("margin-bottom", "1rem");
    headline.addClassName("md-headline");
    headline.setId("headline");
    Div facts =
        new Div(
            Words.span(found.a(), "md-a"),
            Words.span("against", "md-muted"),
            Words.span(found.b(), "md-b"),
            Badge.of(found.phase()),
            trust,
            Words.span(Words.space(found.space()), "md-muted", "md-small"));
    facts.addClassName("md-row");
    add(headline, facts, links(found));
    if (results) {
      add(files(found.id()));
    }
    say(found);
  }

  /** The sentence, from the latest figures, or why there will be none. */
  void say(Summary news) {
    headline.setText(Words.headline(news));
    boolean failed = news.phase().isOver() && news.phase() != Phase.DONE;
    headline.setVisible(news.headline() != null || failed);
  }

  /** How far the figures can be trusted. */
  void trust(ComparisonDocument shown) {
    trust.removeAll();
    trust.add(Checks.badge(shown.checks()));
  }

  private static Div links(Summary found) {
    Div links = new Div();
    links.addClassNames("md-row", "md-small");
    if (found.campaignA() != null) {
      links.add(new Anchor("campaign/" + found.campaignA(), "Campaign of A"));
    }
    if (found.campaignB() != null) {
      links.add(new Anchor("campaign/" + found.campaignB(), "Campaign of B"));
    }
    links.add(new Anchor("annotations?comparison=" + found.id(), "Annotate its inputs"));
    return links;
  }

  private static Div files(String comparison) {
    Div files = new Div(Words.span("Download", "md-muted"));
    files.addClassNames("md-row", "md-small");
    files.add(
        download(comparison, "Report (HTML)", "report", ""),
        download(comparison, "Result (JSON)", "document", ""),
        download(comparison, "Figures (CSV)", "results", "csv"),
        download(comparison, "Histograms (CSV)", "histograms", "csv"),
        download(comparison, "Samples (Parquet)", "samples", "parquet"),
        download(comparison, "What columns mean (CSV)", "dictionary", "csv"));
    return files;
  }

  private static Anchor download(String comparison, String name, String what, String format) {
    Services services = Session.services();
    DownloadHandler handler =
        DownloadHandler.fromInputStream(
            event -> {
              Export file = services.comparisons().export(comparison, what, format);
              return new DownloadResponse(
                  Files.newInputStream(file.path(), StandardOpenOption.DELETE_ON_CLOSE),
                  file.fileName(),
                  file.mediaType(),
                  Files.size(file.path()));
            });
    return new Anchor(handler, AttachmentType.DOWNLOAD, name);
  }
}
