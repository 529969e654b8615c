package io.modeldiff.web.ui;

import static io.modeldiff.web.ui.part.Options.of;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.router.QueryParameters;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.analysis.lmdiff.measure.Quantity;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.CorpusService.Ranking;
import io.modeldiff.web.service.CorpusService.Snippet;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.EmptyState;
import io.modeldiff.web.ui.part.Options;
import io.modeldiff.web.ui.part.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How a measure spreads over a corpus, and the phrases that stand out. */
final class RankingPanel extends Div {
  private static final long serialVersionUID = 1L;
  // Stripes hang below the axis of counts, by this share of the highest bar.
  private static final double BELOW = 0.06;

  private final transient Ranking ranking;
  private final transient Measure measure;
  private final String address;

  /**
   * @param address of the page that shows it, to come back to
   */
  RankingPanel(Ranking ranking, String address) {
    this.ranking = ranking;
    this.measure = Measure.named(ranking.query().metric());
    this.address = address;
    addClassName("md-two");
    add(histogram(), list());
  }

  private Div list() {
    int total = ranking.counts().stream().mapToInt(c -> c).sum();
    Div head = new Div(new H3(heading(total)), phrases().download("phrases.csv"));
    head.addClassName("md-spread");
    Div list = new Div(head);
    list.addClassNames("md-card", "md-stack");
    if (ranking.snippets().isEmpty()) {
      list.add(
          EmptyState.of("No phrase passes the filters", "Widen the range or choose other words."));
      return list;
    }
    Div items = new Div();
    items.addClassName("md-inputs");
    items.setId("snippets");
    ranking.snippets().forEach(s -> items.add(snippet(s)));
    list.add(items);
    return list;
  }

  private String heading(int total) {
    int shown = ranking.snippets().size();
    boolean filtered = ranking.kept() < total;
    return (ranking.query().byAbsolute() ? "The phrases that differ most: " : "Phrases in order: ")
        + Numbers.whole(shown)
        + " of "
        + Numbers.whole(ranking.kept())
        + (filtered ? " that pass the filters, of " + Numbers.whole(total) + " in all" : "");
  }

  private DataTable phrases() {
    return new DataTable(
        List.of("phrase", measure.title(), "tokens", "text"),
        ranking.snippets().stream()
            .map(
                s ->
                    List.of(
                        String.valueOf(s.index() + 1),
                        String.valueOf(s.value()),
                        String.valueOf(s.tokens()),
                        s.text()))
            .toList());
  }

  private Anchor snippet(Snippet s) {
    String query =
        QueryParameters.simple(
                Map.of(
                    "a", ranking.query().a(),
                    "b", ranking.query().b(),
                    "text", s.text(),
                    "back", address))
            .getQueryString();
    Anchor card = new Anchor("lmdiff?" + query, "");
    card.addClassNames("md-input", side(s.value()));
    Div meta =
        new Div(
            Words.span(measure.title() + " " + Numbers.significant(s.value(), 3)),
            Words.span("phrase " + (s.index() + 1)),
            Words.span(s.tokens() + " tokens"));
    meta.addClassName("md-meta");
    card.add(Words.span(s.text(), "md-text"), meta);
    return card;
  }

  // Whom a sign favours: a larger probability, but a smaller rank and a smaller surprisal.
  static boolean lowFavoursSecond(Measure measure) {
    return switch (measure.quantity()) {
      case RANK, CLAMPED_RANK, SURPRISAL -> true;
      default -> false;
    };
  }

  private String side(double value) {
    if (value == 0 || measure.quantity() == Quantity.TOPK) {
      return "md-side-none";
    }
    return value < 0 == lowFavoursSecond(measure) ? "md-side-b" : "md-side-a";
  }

  private ChartPanel histogram() {
    ChartPanel panel = new ChartPanel("All phrases", topic(), "22rem");
    List<Object> bars = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ranking.counts().size(); i++) {
      double from = ranking.edges().get(i);
      double to = ranking.edges().get(i + 1);
      bars.add(List.of(from, to, 0, ranking.counts().get(i)));
      rows.add(
          List.of(
              Numbers.significant(from, 4),
              Numbers.significant(to, 4),
              String.valueOf(ranking.counts().get(i))));
    }
    panel.show(
        of(
            "grid", Options.grid(),
            "tooltip", of("trigger", "item"),
            "xAxis", Options.axis(measure.title()),
            "yAxis",
                of(
                    "type",
                    "value",
                    "name",
                    "phrases",
                    "nameLocation",
                    "middle",
                    "nameGap",
                    44,
                    "minInterval",
                    1,
                    "min",
                    -2 * BELOW * highest(),
                    "axisLabel",
                    of("formatter", "fn:count")),
            "series",
                List.of(
                    of(
                        "type",
                        "band",
                        "name",
                        "phrases",
                        "silent",
                        false,
                        "tooltip",
                        of("formatter", "fn:tipBar"),
                        "itemStyle",
                        of("color", "--md-f", "opacity", 0.9),
                        "data",
                        bars),
                    stripes())),
        () -> new DataTable(List.of("from", "to", "phrases"), rows));
    return panel;
  }

  private Topic topic() {
    return switch (measure.quantity()) {
      case RANK, CLAMPED_RANK -> Topic.RANK_DIFF;
      case TOPK -> Topic.TOPK_DIFF;
      case SURPRISAL -> Topic.SURPRISAL_DIFF;
      default -> Topic.PROB_DIFF;
    };
  }

  // Drawn on the histogram's own axis, so that the listed phrases line up with it.
  private Map<String, @Nullable Object> stripes() {
    List<Object> stripes =
        IntStream.range(0, ranking.snippets().size())
            .mapToObj(i -> stripe(ranking.snippets().get(i), -BELOW * highest()))
            .toList();
    return of(
        "type",
        "scatter",
        "name",
        "listed",
        "symbol",
        "rect",
        "symbolSize",
        List.of(2, 14),
        "tooltip",
        of("formatter", "fn:tipStripe"),
        "data",
        stripes,
        "markLine",
        of(
            "silent",
            true,
            "symbol",
            "none",
            "lineStyle",
            of("color", "--md-text", "type", "dashed"),
            "label",
            of(
                "formatter",
                "mean " + Numbers.withError(ranking.mean(), ranking.meanSe()),
                "color",
                "--md-text"),
            "data",
            List.of(of("xAxis", ranking.mean()))));
  }

  private int highest() {
    return ranking.counts().stream().mapToInt(c -> c).max().orElse(1);
  }

  private Object stripe(Snippet s, double height) {
    String colour =
        switch (side(s.value())) {
          case "md-side-a" -> "--md-a";
          case "md-side-b" -> "--md-b";
          default -> "--md-muted";
        };
    return of("value", List.of(s.value(), height, s.text()), "itemStyle", of("color", colour));
  }
}
