package io.modeldiff.web.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import io.modeldiff.web.result.ComparisonDocument.Share;
import io.modeldiff.web.result.ComparisonDocument.Shares;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusDocument.Text;
import io.modeldiff.web.result.corpus.CorpusQuery;
import io.modeldiff.web.service.CorpusService.Corpus;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A fixed corpus as the input space beside the sampled result: what a benchmark shows next to what
 * the models' own space shows.
 */
final class CorpusPanel extends Div {
  private static final long serialVersionUID = 1L;
  private static final int LISTED = 5;
  private static final List<String> TERMS = List.of("PD A→B", "PA A→B", "PA B→A", "PD B→A");

  private final String comparison;
  private final Div chosen = new Div();
  private final Div shown = new Div();

  CorpusPanel(String comparison) {
    this.comparison = comparison;
    addClassNames("md-card", "md-section");
    setId("corpus-space");
    Button look = new Button("Set a corpus beside the samples");
    look.addThemeVariants(ButtonVariant.LUMO_SMALL);
    look.setId("show-corpus-space");
    look.setDisableOnClick(true);
    look.addClickListener(
        e ->
            Page.load(
                chosen, s -> s.corpora().list().stream().map(Corpus::name).toList(), this::choose));
    Div head = new Div(new H3("A corpus as the input space"), look);
    head.addClassName("md-panel-head");
    add(head, chosen, shown);
  }

  private void choose(List<String> corpora) {
    if (corpora.isEmpty()) {
      chosen.add(
          EmptyState.of(
              "No corpus yet",
              "Register one on the page of corpora, or with modeldiff corpus add."));
      return;
    }
    chosen.add(Choice.of("Corpus", Map.of(), corpora, corpora.get(0), this::compare));
    compare(corpora.get(0));
  }

  private void compare(String corpus) {
    shown.removeAll();
    CorpusQuery query = new CorpusQuery(corpus, null, null, false, false, LISTED);
    Page.load(shown, (Services s) -> s.comparisons().corpus(comparison, query), this::fill);
  }

  private void fill(CorpusDocument d) {
    shown.add(
        new Paragraph(
            String.format(
                Locale.ENGLISH,
                "Of %,d distinct texts, %,d are in Z of %s, %,d in Z of %s, %,d in both. A text's z"
                    + " is the mean over its own tokens.",
                d.read().distinct(),
                d.inZ().A(),
                d.models().A(),
                d.inZ().B(),
                d.models().B(),
                d.inZ().both())));
    Shares all = d.sampled().shares();
    List<Share> sampled = List.of(all.pdAB(), all.paAB(), all.paBA(), all.pdBA());
    Element table = table("", "texts", "share in the corpus", "share of all inputs (sampled)");
    List<Long> counts =
        List.of(d.terms().pdAB(), d.terms().paAB(), d.terms().paBA(), d.terms().pdBA());
    for (int i = 0; i < TERMS.size(); i++) {
      Double share = d.shares().get(i);
      Share own = sampled.get(i);
      Double value = own.value();
      Double se = own.se();
      row(
          table,
          TERMS.get(i),
          Numbers.whole(counts.get(i)),
          share == null ? "no text in Z" : Numbers.percent(share),
          value == null
              ? "none seen"
              : se == null ? Numbers.percent(value) : Numbers.share(value, se));
    }
    Element texts = table("texts in Z with the largest |D|", "D", "z_A", "z_B");
    for (Text t : d.inputs()) {
      row(
          texts,
          t.text(),
          String.format(Locale.ENGLISH, "%+.3f", t.d()),
          String.format(Locale.ENGLISH, "%.3f", t.zA()),
          String.format(Locale.ENGLISH, "%.3f", t.zB()));
    }
    for (Element each : d.inputs().isEmpty() ? List.of(table) : List.of(table, texts)) {
      Div scroll = new Div();
      scroll.addClassName("md-table");
      scroll.getElement().appendChild(each);
      shown.add(scroll);
    }
  }

  private static Element table(String... heads) {
    Element table = new Element("table");
    table.setAttribute("class", "md-plain");
    Element row = new Element("tr");
    for (String head : heads) {
      row.appendChild(new Element("th").setText(head));
    }
    return table.appendChild(row);
  }

  private static void row(Element table, String... cells) {
    Element row = new Element("tr");
    for (String cell : cells) {
      row.appendChild(new Element("td").setText(cell));
    }
    table.appendChild(row);
  }
}
