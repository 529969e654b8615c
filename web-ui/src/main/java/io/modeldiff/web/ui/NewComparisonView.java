package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.ComparisonService.BetaHistogram;
import io.modeldiff.web.service.ComparisonService.Spec;
import io.modeldiff.web.service.ComparisonService.ZPicture;
import io.modeldiff.web.service.ModelService.Model;
import io.modeldiff.web.service.SpaceSpec;
import io.modeldiff.web.service.SpecYaml;
import io.modeldiff.web.ui.part.EmptyState;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.ui.part.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wizard: what to compare, over which inputs, how, and what it will cost. */
@Route(value = "compare", layout = MainLayout.class)
@PageTitle("New comparison · Model-diff")
@Needs(Permission.OPERATE)
public class NewComparisonView extends Page {
  private static final long serialVersionUID = 1L;
  private static final List<Double> BETAS = List.of(1.0, 1.1, 1.2);

  private final Div place = new Div();
  private final Select<String> a = new Select<>();
  private final Select<String> b = new Select<>();
  private final IntegerField length = new IntegerField("Length N (tokens)");
  private final TextField prefix = new TextField("Prefix");
  private final TextField allow = new TextField("Allowed tokens");
  private final NumberField low = new NumberField("Z from (nats/token)");
  private final NumberField high = new NumberField("Z to (nats/token)");
  private final Select<String> method = new Select<>();
  private final IntegerField evaluations = new IntegerField("Evaluations per model");
  private final IntegerField lanes = new IntegerField("Lanes");
  private final IntegerField seed = new IntegerField("Seed");
  private final NumberField targetError = new NumberField("Stop at relative error");
  private final NumberField lambda = new NumberField("λ (nats/token)");
  private final NumberField bin = new NumberField("D bins (nats/token)");
  private final TextArea sentences = new TextArea("Your own sentences, one per line");
  private final Div compatibility = new Div();
  private final Div forecast = new Div();
  private final TextArea yaml = new TextArea("The same as YAML");
  private final Div yamlMessage = new Div();
  private final Div finderPlace = new Div();
  private List<String> kernels = List.of();
  // Whether the form is being filled from YAML, so that each field need not write it again.
  private boolean filling;
  private transient @Nullable ZPicture seen;

  public NewComparisonView() {
    super(
        "New comparison",
        "Two models, the inputs that count, and how long to sample. Every choice can be left as it"
            + " is.");
    defaults();
    add(place);
  }

  private void defaults() {
    length.setId("length");
    length.setValue(8);
    prefix.setValue("bos");
    prefix.setHelperText("bos, none or a text");
    allow.setValue("all");
    allow.setHelperText("all, no-special or ids like 0-9,42");
    low.setValue(1.74);
    high.setValue(2.0);
    method.setLabel("Method");
    method.setItems("tempering", "smc", "paper");
    method.setValue("tempering");
    evaluations.setValue(200_000);
    lanes.setValue(32);
    seed.setValue(1);
    lambda.setValue(0.0);
    bin.setValue(0.02);
    sentences.setWidthFull();
    yaml.addClassName("md-yaml");
    yaml.setId("yaml");
    yaml.setWidthFull();
    yaml.setHelperText("Paste a specification here; fields that it leaves out stay as they are");
    yaml.setValueChangeMode(ValueChangeMode.ON_BLUR);
    yaml.addValueChangeListener(
        e -> {
          if (e.isFromClient()) {
            take(e.getValue());
          }
        });
    yamlMessage.getElement().setAttribute("role", "status");
    targetError.setHelperText("0.01 is 1%; empty: spend the budget");
    targetError.setMin(0);
    targetError.setStep(0.005);
    targetError.addValueChangeListener(e -> write());
    for (var field : List.of(length, evaluations, lanes, seed)) {
      field.setStepButtonsVisible(true);
      field.setMin(1);
      field.addValueChangeListener(e -> write());
    }
    for (var field : List.of(low, high, lambda, bin)) {
      field.setStep(0.01);
      field.addValueChangeListener(e -> write());
    }
    for (var field : List.of(low, high)) {
      field.addValueChangeListener(e -> showPicture());
    }
    for (var field : List.of(prefix, allow)) {
      field.setValueChangeMode(ValueChangeMode.LAZY);
      field.addValueChangeListener(e -> write());
      field.addValueChangeListener(e -> exploreAgain());
    }
    length.addValueChangeListener(e -> exploreAgain());
    method.addValueChangeListener(e -> write());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    load(place, s -> s.models().list(), this::show);
  }

  private void show(List<Model> models) {
    List<String> names =
        models.stream().filter(m -> m.kind().equals("causal")).map(Model::name).toList();
    if (names.size() < 2) {
      place.add(
          EmptyState.of(
              "Two models are needed",
              "Register at least two causal models that share a vocabulary; masked models can only"
                  + " score texts.",
              new Anchor("models", "Register a model")));
      return;
    }
    a.setLabel("Model A");
    b.setLabel("Model B");
    a.setItems(names);
    b.setItems(names);
    a.setId("model-a");
    b.setId("model-b");
    a.addValueChangeListener(e -> modelsChanged());
    b.addValueChangeListener(e -> modelsChanged());
    Div form =
        new Div(
            section("1 · Models", null, new Div(row(a, b), compatibility)),
            section("2 · Input space", Topic.NLL, new Div(presets(), row(length, prefix, allow))),
            section("3 · Range Z", Topic.Z_RANGE, finder()),
            section(
                "4 · Method and budget",
                Topic.EVALUATIONS,
                new Div(row(method, evaluations, targetError, lanes, seed, lambda, bin), cost())));
    form.addClassName("md-stack");
    Button start = new Button("Start the comparison", e -> start());
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_LARGE);
    start.setId("start");
    Div side = new Div(yaml, yamlMessage, start);
    side.addClassNames("md-card", "md-stack", "md-beside");
    Div two = new Div(form, side);
    two.addClassName("md-two");
    place.add(two);
    a.setValue(names.get(0));
    b.setValue(names.get(1));
  }

  private static Div section(String title, @Nullable Topic topic, Component content) {
    Div head = new Div(new H3(title));
    if (topic != null) {
      head.add(new Help(topic));
    }
    head.addClassName("md-panel-head");
    Div card = new Div(head, content);
    card.addClassName("md-card");
    return card;
  }

  private static Div row(Component... fields) {
    Div row = new Div(fields);
    row.addClassNames("md-row", "md-fields");
    return row;
  }

  // The paper's settings (appendix C), for models that are there.
  private Div presets() {
    Div row =
        row(
            Words.span("Presets of the paper", "md-muted", "md-small"),
            preset("toy, N = 8", 8, 1.74, 2.0, "0-9"),
            preset("GPT-2, N = 25", 25, 2.0, 4.0, "all"),
            preset("GPT-2, N = 100", 100, 4.0, 5.0, "all"),
            preset("Llama, N = 25", 25, 3.5, 4.5, "all"));
    row.getStyle().set("margin-bottom", "0.5rem");
    return row;
  }

  private Button preset(String name, int n, double from, double to, String tokens) {
    Button button =
        new Button(
            name,
            e -> {
              length.setValue(n);
              low.setValue(from);
              high.setValue(to);
              allow.setValue(tokens);
            });
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void modelsChanged() {
    write();
    exploreAgain();
    String first = a.getValue();
    String second = b.getValue();
    if (first != null && second != null) {
      load(
          compatibility,
          s -> s.models().compatibility(first, second),
          found -> {
            compatibility.removeAll();
            compatibility.add(
                Words.span((found.sameVocabulary() ? "✓ " : "✗ ") + found.reason(), "md-small"));
          });
    }
  }

  private Div finder() {
    Button look = new Button("Show where the NLLs lie", e -> explore());
    look.setId("explore");
    sentences.setHelperText("Their NLL under A is marked in the picture");
    Paragraph why =
        new Paragraph(
            "Nearly all inputs of a range lie close to its upper end, so that the upper end decides"
                + " what is compared. Choose Z where texts are neither repetitions nor noise.");
    why.addClassNames("md-muted", "md-small");
    finderPlace.addClassName("md-stack");
    finderPlace.getStyle().set("margin-top", "0.75rem");
    return new Div(why, row(low, high, look), sentences, finderPlace);
  }

  private void explore() {
    SpaceSpec space = spec().space();
    String model = a.getValue();
    List<String> own =
        sentences.getValue().lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
    load(
        finderPlace,
        s -> s.comparisons().explore(model, space, BETAS, own),
        picture -> {
          seen = picture;
          showPicture();
        });
  }

  // Once somebody looks, the picture follows the model and the input space.
  private void exploreAgain() {
    if (seen != null && !filling) {
      explore();
    }
  }

  private void showPicture() {
    ZPicture picture = seen;
    if (picture == null) {
      return;
    }
    finderPlace.removeAll();
    finderPlace.add(ZChart.of(a.getValue(), picture, low.getValue(), high.getValue()));
    List<BetaHistogram> first = picture.perBeta();
    if (!first.isEmpty()) {
      Button middle =
          new Button("Take the middle half of β = " + first.get(0).beta(), e -> take(picture));
      middle.addThemeVariants(ButtonVariant.LUMO_SMALL);
      middle.setId("middle-half");
      middle.getStyle().set("align-self", "flex-start");
      finderPlace.add(middle);
    }
  }

  private void take(ZPicture picture) {
    low.setValue(ZChart.quantile(picture, 0.25));
    high.setValue(ZChart.quantile(picture, 0.75));
  }

  private Div cost() {
    Button predict =
        new Button(
            "Predict the duration",
            e -> {
              Spec spec = spec();
              Caller caller = Session.requireCaller();
              forecast.removeAll();
              load(
                  forecast,
                  s -> s.comparisons().forecast(spec, caller),
                  f ->
                      forecast.add(
                          Words.span(
                              "About " + Numbers.duration(f.seconds()) + ": " + f.sentence(),
                              "md-small")));
            });
    predict.setId("predict");
    Div cost = new Div(predict, forecast);
    cost.getStyle().set("margin-top", "0.6rem");
    return cost;
  }

  private Spec spec() {
    return new Spec(
        a.getValue(),
        b.getValue(),
        new SpaceSpec(
            orElse(length.getValue(), 0),
            low.getValue() + ":" + high.getValue(),
            prefix.getValue(),
            allow.getValue()),
        method.getValue(),
        kernels,
        orElse(lanes.getValue(), 0),
        orElse(seed.getValue(), 1),
        (long) orElse(evaluations.getValue(), 0),
        targetError.getValue(),
        lambda.getValue() == null ? 0 : lambda.getValue(),
        bin.getValue() == null ? 0.02 : bin.getValue());
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  private void write() {
    if (filling || a.isEmpty() || b.isEmpty()) {
      return;
    }
    yamlMessage.removeAll();
    try {
      yaml.setValue(SpecYaml.write(spec()));
    } catch (UserException e) {
      complain(e);
    }
  }

  private void complain(UserException e) {
    yamlMessage.removeAll();
    yamlMessage.add(Words.span(sentence(e), "md-small", "md-error"));
  }

  /** Fills the form from YAML, or says what is wrong with it and leaves the form alone. */
  private void take(String text) {
    try {
      Spec spec = SpecYaml.read(text, spec());
      requireKnown("a", spec.a(), a);
      requireKnown("b", spec.b(), b);
      fillAtOnce(spec);
      write();
      exploreAgain();
    } catch (UserException e) {
      complain(e);
    }
  }

  private static void requireKnown(String field, String name, Select<String> models) {
    if (models.getListDataView().getItems().noneMatch(name::equals)) {
      throw UserException.badInput(
          "Field "
              + field
              + ": no causal model is registered as '"
              + name
              + "'; register it on the page Models.");
    }
  }

  private void fillAtOnce(Spec spec) {
    filling = true;
    try {
      fill(spec);
    } finally {
      filling = false;
    }
  }

  private static int small(String field, long value) {
    if (value != (int) value) {
      throw UserException.badInput(
          "Field " + field + ": the form takes at most " + Integer.MAX_VALUE + ".");
    }
    return (int) value;
  }

  private void fill(Spec spec) {
    Long budget = spec.evaluations();
    evaluations.setValue(budget == null ? null : (Integer) small("evaluations", budget));
    seed.setValue(small("seed", spec.seed()));
    a.setValue(spec.a());
    b.setValue(spec.b());
    length.setValue(spec.space().length());
    low.setValue(spec.space().range().low());
    high.setValue(spec.space().range().high());
    prefix.setValue(spec.space().prefix());
    allow.setValue(spec.space().allow());
    method.setValue(spec.method());
    kernels = spec.kernels();
    lanes.setValue(spec.lanes());
    targetError.setValue(spec.targetError());
    lambda.setValue(spec.lambda());
    bin.setValue(spec.bin());
  }

  private void start() {
    String id = services().comparisons().start(spec(), Session.requireCaller());
    getUI().ifPresent(ui -> ui.navigate("comparison/" + id));
  }
}
