package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.service.CorpusService.Query;
import io.modeldiff.web.service.ModelService.Model;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A corpus ranked by how much two models differ: LMdiff's global view. */
@Route(value = "corpus/:name", layout = MainLayout.class)
public class CorpusView extends Page implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1L;
  private static final int SNIPPETS = 50;
  private static final int BINS = 100;
  private static final String FIRST_MEASURE = "avg_prob_diff";
  private static final Map<String, String> ORDERS =
      Map.of(
          "largest", "largest difference",
          "second", "model 2's side first",
          "first", "model 1's side first");

  private final Select<String> first = new Select<>();
  private final Select<String> second = new Select<>();
  private final Select<String> measure = new Select<>();
  private final Select<String> order = new Select<>();
  private final TextField words = new TextField("Words in the phrase");
  private final NumberField least = new NumberField("Measure from");
  private final NumberField most = new NumberField("Measure to");
  private final Div place = new Div();
  private String name = "";
  private Map<String, String> wanted = Map.of();

  public CorpusView() {
    super("Corpus", "The phrases on which two models differ most, and how all of them are spread.");
    first.setLabel("Model 1");
    second.setLabel("Model 2");
    measure.setLabel("Measure");
    measure.setWidth("20rem");
    measure.setItems(Measure.FROM_CACHES.stream().map(Measure::id).toList());
    measure.setItemLabelGenerator(id -> Measure.named(id).title());
    order.setLabel("Order");
    order.setWidth("14rem");
    order.setItems("largest", "second", "first");
    order.setItemLabelGenerator(o -> ORDERS.getOrDefault(o, o));
    words.setClearButtonVisible(true);
    words.setId("words");
    least.setId("least");
    most.setId("most");
    for (NumberField end : List.of(least, most)) {
      end.setClearButtonVisible(true);
      end.setWidth("9rem");
    }
    Button rank = new Button("Rank", e -> rank());
    rank.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    rank.setId("rank");
    Div what = new Div(first, second, measure, order);
    Div which = new Div(words, least, most, rank);
    what.addClassNames("md-row", "md-end");
    which.addClassNames("md-row", "md-end");
    rank.addClickShortcut(Key.ENTER).listenOn(which);
    Div form = new Div(what, which);
    form.addClassNames("md-card", "md-stack");
    place.addClassName("md-section");
    add(form, place);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").orElse("");
    title("Corpus " + name);
    QueryParameters query = event.getLocation().getQueryParameters();
    Map<String, String> given = new LinkedHashMap<>();
    for (String key : List.of("a", "b", "metric", "order", "contains", "min", "max")) {
      query.getSingleParameter(key).ifPresent(value -> given.put(key, value));
    }
    wanted = given;
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
    first.setValue(oneOf(names, "a", names.get(0)));
    second.setValue(oneOf(names, "b", names.get(1)));
    measure.setValue(
        oneOf(Measure.FROM_CACHES.stream().map(Measure::id).toList(), "metric", FIRST_MEASURE));
    order.setValue(oneOf(List.of("largest", "second", "first"), "order", "largest"));
    words.setValue(wanted.getOrDefault("contains", ""));
    least.setValue(number("min"));
    most.setValue(number("max"));
    if (names.contains(wanted.getOrDefault("a", ""))) {
      rank();
    } else {
      place.add(
          EmptyState.of(
              "Choose two models and a measure",
              "The first ranking scores every phrase under both; later ones take moments."));
    }
  }

  private String oneOf(List<String> known, String key, String otherwise) {
    String value = wanted.getOrDefault(key, otherwise);
    return known.contains(value) ? value : otherwise;
  }

  private @Nullable Double number(String key) {
    try {
      String value = wanted.get(key);
      Double number = value == null ? null : Double.valueOf(value);
      return number != null && Double.isFinite(number) ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private void rank() {
    if (first.isEmpty() || second.isEmpty() || measure.isEmpty()) {
      return;
    }
    Query query =
        new Query(
            name,
            first.getValue(),
            second.getValue(),
            measure.getValue(),
            order(),
            order.getValue().equals("largest"),
            SNIPPETS,
            BINS,
            words.getValue(),
            bounds());
    Caller caller = Session.requireCaller();
    String address = "corpus/" + name + "?" + address();
    getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, address));
    place.removeAll();
    load(
        place,
        s -> s.corpora().ranking(query, caller),
        ranking -> place.add(new RankingPanel(ranking, address)));
  }

  private String order() {
    boolean low = RankingPanel.lowFavoursSecond(Measure.named(measure.getValue()));
    return switch (order.getValue()) {
      case "second" -> low ? "ascending" : "descending";
      case "first" -> low ? "descending" : "ascending";
      default -> "descending";
    };
  }

  private List<String> bounds() {
    return least.isEmpty() && most.isEmpty()
        ? List.of()
        : List.of(measure.getValue() + ":" + text(least) + ":" + text(most));
  }

  private static String text(NumberField field) {
    return field.isEmpty() ? "" : field.getValue().toString();
  }

  private String address() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("a", first.getValue());
    query.put("b", second.getValue());
    query.put("metric", measure.getValue());
    query.put("order", order.getValue());
    query.put("contains", words.getValue());
    query.put("min", text(least));
    query.put("max", text(most));
    query.values().removeIf(String::isEmpty);
    return QueryParameters.simple(query).getQueryString();
  }
}
