package io.modeldiff.web.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.InstanceService.Instance;
import io.modeldiff.web.service.InstanceService.Scores;
import io.modeldiff.web.service.InstanceService.Span;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.ui.part.Tile;
import io.modeldiff.web.ui.part.TokenStrip;
import io.modeldiff.web.ui.part.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What two models say about one text; strip, plots and cards follow each other. */
final class InstancePanel extends Div {
  private static final long serialVersionUID = 1L;
  private static final String HOVER = "microscope";

  private final transient Instance instance;
  private final TokenStrip strip = new TokenStrip(HOVER);
  private final ChartPanel histogram =
      new ChartPanel("The measure over this text's tokens", null, "13rem");
  private final Div measures = new Div();
  private final Div legend = new Div();
  private final Div measureHelp = new Div();
  private final Div cards = new Div();
  private final Set<Integer> pinned = new LinkedHashSet<>();

  InstancePanel(Instance instance, TokenMeasure measure, Consumer<TokenMeasure> chosen) {
    this.instance = instance;
    addClassName("md-stack");
    add(summary());
    if (!instance.placements().isEmpty()) {
      add(new PlacementCard(instance.placements()));
    }
    if (!instance.note().isEmpty()) {
      Div note = new Div(Words.span(instance.note()));
      note.addClassName("md-card");
      note.setId("note");
      add(note);
    }
    if (instance.sameVocabulary()) {
      addTokenViews(measure, chosen);
    } else {
      add(spans());
    }
  }

  private Div summary() {
    Div tiles =
        new Div(
            nll(instance.a(), instance.modelA(), "a"), nll(instance.b(), instance.modelB(), "b"));
    if (instance.sameVocabulary()) {
      tiles.add(difference());
    }
    tiles.addClassNames("md-tiles", "md-odd");
    return tiles;
  }

  // Both models score the same tokens, so the error is that of the paired differences.
  private Tile difference() {
    List<@Nullable Double> one = instance.modelA().logProb();
    List<@Nullable Double> two = instance.modelB().logProb();
    double[] differences =
        IntStream.range(0, Math.min(one.size(), two.size()))
            .filter(i -> one.get(i) != null && two.get(i) != null)
            .mapToDouble(i -> two.get(i) - one.get(i))
            .toArray();
    Tile tile = new Tile("D: first NLL − second", Topic.D);
    if (differences.length == 0) {
      return tile.show("unscored", "no token is scored by both models");
    }
    double mean = Arrays.stream(differences).average().orElse(0);
    Double se = MicroscopeCharts.standardError(differences, mean);
    return tile.show(
        String.format(Locale.ENGLISH, "%+.3f nats/token", mean),
        (se == null ? "" : "± " + Numbers.significant(se, 2) + " standard error; ")
            + "likelier to "
            + (mean < 0 ? instance.a() : instance.b()));
  }

  private static Tile nll(String model, Scores scores, String side) {
    Double se = scores.nllSe();
    return new Tile("NLL under " + model, Topic.NLL)
        .show(
            Numbers.nll(scores.nll()),
            se == null
                ? "too few tokens for an error"
                : "± " + Numbers.significant(se, 2) + " standard error over its tokens")
        .mark(side);
  }

  private void addTokenViews(TokenMeasure measure, Consumer<TokenMeasure> chosen) {
    measures.addClassName("md-row");
    for (TokenMeasure each : TokenMeasure.values()) {
      Button button =
          new Button(
              each.label(),
              e -> {
                chosen.accept(each);
                use(each);
              });
      button.addThemeVariants(ButtonVariant.LUMO_SMALL);
      button.getElement().setAttribute("data-measure", each.name());
      button.setTooltipText(each.title());
      measures.add(button);
    }
    strip.addPinListener(e -> toggle(e.index()));
    legend.addClassName("md-legend");
    Div meaning = new Div(legend, measureHelp);
    meaning.addClassName("md-row");
    Div tokens = new Div(measures, strip, meaning);
    tokens.addClassNames("md-card", "md-stack");
    ChartPanel probabilities =
        new ChartPanel("Probability of each token", Topic.PROB_DIFF, "13rem");
    ChartPanel ranks = new ChartPanel("Rank of each token", Topic.RANK_DIFF, "13rem");
    probabilities.chart().setHoverGroup(HOVER);
    ranks.chart().setHoverGroup(HOVER);
    probabilities.show(
        MicroscopeCharts.probabilities(instance), () -> MicroscopeCharts.table(instance));
    ranks.show(MicroscopeCharts.ranks(instance), () -> MicroscopeCharts.table(instance));
    probabilities.chart().addItemListener(e -> toggle(e.index()));
    ranks.chart().addItemListener(e -> toggle(e.index()));
    Div plots = new Div(probabilities, ranks, histogram);
    plots.addClassName("md-grid");
    cards.addClassName("md-cards");
    cards.setId("cards");
    add(tokens, cards, plots);
    use(measure);
    if (!instance.tokens().isEmpty()) {
      toggle(mostDifferent());
    }
  }

  // The text opens with the card of the token on which the models differ most.
  private int mostDifferent() {
    int best = 0;
    double most = -1;
    for (int i = 0; i < instance.tokens().size(); i++) {
      Double value = TokenMeasure.PROB_DIFF.value(instance, i);
      if (value != null && Math.abs(value) > most) {
        most = Math.abs(value);
        best = i;
      }
    }
    return best;
  }

  private void use(TokenMeasure measure) {
    List<TokenStrip.Cell> cells = new ArrayList<>();
    for (int i = 0; i < instance.tokens().size(); i++) {
      Double value = measure.value(instance, i);
      String title =
          (i + 1)
              + ": "
              + (value == null
                  ? "not scored"
                  : measure.label() + " " + Numbers.significant(value, 3));
      Double shown = value == null ? null : (Double) measure.coloured(value);
      cells.add(new TokenStrip.Cell(instance.tokens().get(i).text(), shown, title));
    }
    strip.show(cells, measure.span(instance), measure.scale() == TokenMeasure.Scale.NEUTRAL);
    showLegend(measure);
    measures
        .getChildren()
        .filter(Button.class::isInstance)
        .map(Button.class::cast)
        .forEach(
            button ->
                button
                    .getElement()
                    .setAttribute(
                        "theme",
                        measure.name().equals(button.getElement().getAttribute("data-measure"))
                            ? "small primary"
                            : "small"));
    measureHelp.removeAll();
    measureHelp.add(new Help(measure.topic()));
    histogram.show(
        MicroscopeCharts.histogram(instance, measure), () -> MicroscopeCharts.table(instance));
  }

  private void showLegend(TokenMeasure measure) {
    legend.removeAll();
    Swatch swatch = new Swatch(measure.scale());
    String most = Numbers.significant(measure.span(instance), 3);
    switch (measure.scale()) {
      case BETWEEN ->
          legend.add(
              Words.span("favours " + instance.a()), swatch, Words.span("favours " + instance.b()));
      case FIRST, SECOND, NEUTRAL ->
          legend.add(
              Words.span(measure.title() + ":"),
              Words.span("0"),
              swatch,
              Words.span(most + " or more"));
    }
  }

  private void toggle(int index) {
    if (index < 0 || index >= instance.tokens().size()) {
      return;
    }
    if (!pinned.remove(index)) {
      pinned.add(index);
    }
    strip.setPinned(pinned);
    cards.removeAll();
    pinned.forEach(i -> cards.add(new TokenCard(instance, i, () -> toggle(i))));
  }

  private Div spans() {
    Div list = new Div(new H3("Surprisal on spans where both tokenizers agree"));
    list.addClassNames("md-card", "md-stack");
    for (Span span : instance.bytes()) {
      Div row =
          new Div(
              Words.span(span.text(), "md-text"),
              Words.span(bitsPerByte(span.nllA(), span.bytes()), "md-a"),
              Words.span(bitsPerByte(span.nllB(), span.bytes()), "md-b"));
      row.addClassName("md-row");
      list.add(row);
    }
    return list;
  }

  private static String bitsPerByte(@Nullable Double nats, int bytes) {
    return nats == null
        ? "unscored"
        : Numbers.significant(nats / Math.log(2) / Math.max(1, bytes), 3) + " bits/byte";
  }

  /** The colour scale between the models. */
  @Tag("i")
  private static final class Swatch extends Component {
    private static final long serialVersionUID = 1L;

    Swatch(TokenMeasure.Scale scale) {
      getElement().setAttribute("class", "md-" + scale.name().toLowerCase(Locale.ROOT));
    }
  }
}
