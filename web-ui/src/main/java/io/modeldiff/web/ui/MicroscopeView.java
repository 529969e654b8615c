package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.service.InstanceService.Instance;
import io.modeldiff.web.service.ModelService.Model;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One text under two models, token by token: LMdiff's instance view. */
@Route(value = "lmdiff", layout = MainLayout.class)
@PageTitle("Microscope · Model-diff")
public class MicroscopeView extends Page implements BeforeEnterObserver {
  private static final long serialVersionUID = 1L;

  private final Select<String> first = new Select<>();
  private final Select<String> second = new Select<>();
  private final TextArea text = new TextArea("Text");
  private final Div backPlace = new Div();
  private final Div form = new Div();
  private final Div place = new Div();
  private String ids = "";
  private String back = "";
  private TokenMeasure measure = TokenMeasure.PROB_DIFF;
  private String wantedA = "";
  private String wantedB = "";

  public MicroscopeView() {
    super(
        "Microscope",
        "One text, token by token, under both models (LMdiff). Red tokens are likelier under the"
            + " first model, blue ones under the second.");
    first.setLabel("Model 1");
    second.setLabel("Model 2");
    first.setId("model-1");
    second.setId("model-2");
    first.setWidth("17rem");
    second.setWidth("17rem");
    text.setWidthFull();
    text.setMinHeight("5rem");
    text.setId("text");
    text.setHelperText("Ctrl+Enter compares");
    Button compare = new Button("Compare", e -> typed());
    compare.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    compare.addClickShortcut(Key.ENTER, KeyModifier.CONTROL);
    compare.setId("compare");
    Div row = new Div(first, second, compare);
    row.addClassNames("md-row", "md-end");
    form.add(row, text);
    form.addClassName("md-card");
    place.addClassName("md-section");
    backPlace.addClassName("md-back");
    add(backPlace, form, place);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters query = event.getLocation().getQueryParameters();
    wantedA = query.getSingleParameter("a").orElse("");
    wantedB = query.getSingleParameter("b").orElse("");
    ids = query.getSingleParameter("ids").orElse("");
    text.setValue(query.getSingleParameter("text").orElse(""));
    String wanted = query.getSingleParameter("measure").orElse("");
    measure =
        Arrays.stream(TokenMeasure.values())
            .filter(m -> m.name().equalsIgnoreCase(wanted))
            .findFirst()
            .orElse(TokenMeasure.PROB_DIFF);
    back = query.getSingleParameter("back").filter(MicroscopeView::isOurs).orElse("");
    backPlace.removeAll();
    if (!back.isEmpty()) {
      Anchor link = new Anchor(back, "← Back to where this text was found");
      link.setId("back");
      backPlace.add(link);
    }
  }

  private static boolean isOurs(String page) {
    return page.startsWith("comparison/") || page.startsWith("corpus/");
  }

  @Override
  protected void onAttach(AttachEvent event) {
    load(place, s -> s.models().list(), this::choose);
  }

  private void choose(List<Model> models) {
    List<String> names = models.stream().map(Model::name).toList();
    Map<String, String> groups =
        models.stream().collect(Collectors.toMap(Model::name, Model::group));
    first.setItems(names);
    second.setItems(names);
    first.setItemLabelGenerator(n -> n + " · " + groups.getOrDefault(n, ""));
    second.setItemLabelGenerator(n -> n + " · " + groups.getOrDefault(n, ""));
    if (names.isEmpty()) {
      place.add(
          EmptyState.of(
              "No model yet",
              "The microscope needs at least one registered model; two show more.",
              new Anchor("models", "Register a model")));
      return;
    }
    first.setValue(names.contains(wantedA) ? wantedA : names.get(0));
    second.setValue(names.contains(wantedB) ? wantedB : names.get(Math.min(1, names.size() - 1)));
    if (ids.isEmpty() && text.getValue().isEmpty()) {
      place.add(
          EmptyState.of(
              "Type a text",
              "Both models score it token by token. Texts also come here from a comparison's"
                  + " representative inputs and from corpora."));
      return;
    }
    analyze();
  }

  private void typed() {
    ids = "";
    if (!text.getValue().isEmpty()) {
      analyze();
    }
  }

  private void analyze() {
    String a = first.getValue();
    String b = second.getValue();
    String typed = text.getValue();
    List<Integer> tokens = parse(ids);
    remember();
    place.removeAll();
    load(place, s -> instance(s, a, b, typed, tokens), this::show);
  }

  private static Instance instance(
      Services services, String a, String b, String text, List<Integer> tokens) {
    return tokens.isEmpty()
        ? services.instances().analyze(a, b, text, false)
        : services.instances().analyzeTokens(a, b, tokens);
  }

  private static List<Integer> parse(String ids) {
    return ids.matches("\\d{1,7}( \\d{1,7})*")
        ? Arrays.stream(ids.split(" ", -1)).map(Integer::valueOf).toList()
        : List.of();
  }

  private void remember() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("a", first.getValue());
    query.put("b", second.getValue());
    query.put(ids.isEmpty() ? "text" : "ids", ids.isEmpty() ? text.getValue() : ids);
    query.put("measure", measure.name().toLowerCase(Locale.ROOT));
    // The router takes a changed address for a new visit: what is left out of it is forgotten.
    if (!back.isEmpty()) {
      query.put("back", back);
    }
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(null, "lmdiff?" + QueryParameters.simple(query).getQueryString());
  }

  private void show(Instance instance) {
    if (text.isEmpty()) {
      text.setValue(instance.text());
    }
    place.add(
        new InstancePanel(
            instance,
            measure,
            chosen -> {
              measure = chosen;
              remember();
            }));
  }
}
