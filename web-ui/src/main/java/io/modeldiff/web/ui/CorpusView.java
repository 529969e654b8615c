package io.modeldiff.web.ui;

import static io.modeldiff.web.ui.part.Options.of;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.CorpusService.Query;
import io.modeldiff.web.service.CorpusService.Ranking;
import io.modeldiff.web.service.CorpusService.Snippet;
import io.modeldiff.web.service.ModelService.Model;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.EmptyState;
import io.modeldiff.web.ui.part.Options;
import io.modeldiff.web.ui.part.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A corpus ranked by how much two models differ: LMdiff's global view. */
@Route(value = "corpus/:name", layout = MainLayout.class)
public class CorpusView extends Page implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1L;
  private static final int SNIPPETS = 50;
  private static final int BINS = 100;

  private final Select<String> first = new Select<>();
  private final Select<String> second = new Select<>();
  private final Select<String> measure = new Select<>();
  private final Div place = new Div();
  private String name = "";
  private String wantedA = "";
  private String wantedB = "";
  private String wantedMeasure = "";

  public CorpusView() {
    super("Corpus", "The phrases on which two models differ most, and how all of them are spread.");
    first.setLabel("Model 1");
    second.setLabel("Model 2");
    measure.setLabel("Measure");
    measure.setWidth("20rem");
    measure.setItems(Measure.FROM_CACHES.stream().map(Measure::id).toList());
    measure.setItemLabelGenerator(id -> Measure.named(id).title());
    Button rank = new Button("Rank", e -> rank());
    rank.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    rank.setId("rank");
    Div row = new Div(first, second, measure, rank);
    row.addClassNames("md-row", "md-end", "md-card");
    place.addClassName("md-section");
    add(row, place);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").orElse("");
    QueryParameters query = event.getLocation().getQueryParameters();
    wantedA = query.getSingleParameter("a").orElse("");
    wantedB = query.getSingleParameter("b").orElse("");
    wantedMeasure = query.getSingleParameter("metric").orElse("avg_prob_diff");
  }

  @Override
  public String getPageTitle() {
    return name + " · Model-diff";
  }

  @Override
  protected void onAttach(AttachEvent event) {
    load(place, s -> s.models().list(), this::choose);
  }

  private void choose(List<Model> models) {
    List<String> names = models.stream().map(Model::name).toList();
    if (names.size() < 2) {
      place.add(
          EmptyState.of(
              "Two models are needed",
              "A ranking compares two registered models.",
              new Anchor("models", "Register a model")));
      return;
    }
    first.setItems(names);
    second.setItems(names);
    first.setValue(names.contains(wantedA) ? wantedA : names.get(0));
    second.setValue(names.contains(wantedB) ? wantedB : names.get(1));
    boolean known = Measure.FROM_CACHES.stream().anyMatch(m -> m.id().equals(wantedMeasure));
    measure.setValue(known ? wantedMeasure : "avg_prob_diff");
    if (names.contains(wantedA)) {
      rank();
    }
  }

  private void rank() {
    Query query =
        new Query(
            name,
            first.getValue(),
            second.getValue(),
            measure.getValue(),
            "descending",
            true,
            SNIPPETS,
            BINS);
    getUI()
        .ifPresent(
            ui -> ui.getPage().getHistory().replaceState(null, "corpus/" + name + "?" + address()));
    place.removeAll();
    load(place, s -> s.corpora().ranking(query), this::show);
  }

  private String address() {
    return QueryParameters.simple(
            Map.of("a", first.getValue(), "b", second.getValue(), "metric", measure.getValue()))
        .getQueryString();
  }

  private void show(Ranking ranking) {
    Div list = new Div(new H3("The " + ranking.snippets().size() + " phrases that differ most"));
    list.addClassNames("md-card", "md-stack");
    Div items = new Div();
    items.addClassName("md-inputs");
    items.setId("snippets");
    ranking.snippets().forEach(s -> items.add(snippet(s)));
    list.add(items);
    Div two = new Div(histogram(ranking), list);
    two.addClassName("md-two");
    place.add(two);
  }

  private Anchor snippet(Snippet s) {
    String query =
        QueryParameters.simple(
                Map.of(
                    "a", first.getValue(),
                    "b", second.getValue(),
                    "text", s.text(),
                    "back", "corpus/" + name + "?" + address()))
            .getQueryString();
    Anchor card = new Anchor("lmdiff?" + query, "");
    card.addClassNames("md-input", s.value() < 0 ? "md-side-a" : "md-side-b");
    Div meta =
        new Div(
            Words.span(
                Measure.named(measure.getValue()).title()
                    + " "
                    + Numbers.significant(s.value(), 3)),
            Words.span("phrase " + (s.index() + 1)),
            Words.span(s.tokens() + " tokens"));
    meta.addClassName("md-meta");
    card.add(Words.span(s.text(), "md-text"), meta);
    return card;
  }

  // Outliers are drawn as stripes on the histogram's own axis, so that they line up with it.
  private ChartPanel histogram(Ranking ranking) {
    ChartPanel panel = new ChartPanel("All phrases", Topic.PROB_DIFF, "22rem");
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
    int most = ranking.counts().stream().mapToInt(c -> c).max().orElse(1);
    List<Object> stripes =
        IntStream.range(0, ranking.snippets().size())
            .mapToObj(i -> (Object) List.of(ranking.snippets().get(i).value(), -0.04 * most))
            .toList();
    panel.show(
        of(
            "grid", Options.grid(),
            "tooltip", of("trigger", "item"),
            "xAxis", Options.axis(Measure.named(ranking.query().metric()).title()),
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
                    "axisLabel",
                    of("formatter", "fn:count")),
            "series",
                List.of(
                    of(
                        "type",
                        "band",
                        "name",
                        "phrases",
                        "itemStyle",
                        of("color", "--md-f", "opacity", 0.9),
                        "data",
                        bars),
                    of(
                        "type",
                        "scatter",
                        "name",
                        "listed",
                        "symbol",
                        "rect",
                        "symbolSize",
                        List.of(2, 14),
                        "itemStyle",
                        of("color", "--md-a"),
                        "data",
                        stripes,
                        "markLine",
                        of(
                            "silent",
                            true,
                            "symbol",
                            "none",
                            "label",
                            of(
                                "formatter",
                                "mean " + Numbers.withError(ranking.mean(), ranking.meanSe()),
                                "color",
                                "--md-text"),
                            "data",
                            List.of(of("xAxis", ranking.mean())))))),
        new DataTable(List.of("from", "to", "phrases"), rows));
    return panel;
  }
}
