package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.result.inputs.Input;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.TextMix;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.ui.part.EmptyState;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.ui.part.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Representative inputs of a D range, drawn with their weights, and what kind of text they are. */
final class InputsPanel extends Div {
  private static final long serialVersionUID = 1L;

  InputsPanel(Summary comparison, ComparisonState state, InputPage page, TextMix mix) {
    if (page.inputs().isEmpty()) {
      add(
          EmptyState.of(
              "No input was sampled here",
              "Choose a wider range of D, another part of a text, or the inputs that the other"
                  + " model found."));
      return;
    }
    add(composition(mix), list(comparison, state, page.inputs()));
  }

  private static Div composition(TextMix mix) {
    Div box = new Div();
    box.addClassNames("md-mix", "md-small");
    box.setId("composition");
    for (TextMix.Kind kind : mix.kinds()) {
      Div bar = new Div();
      bar.getStyle().set("width", Math.round(100 * kind.share()) + "%");
      Div track = new Div(bar);
      track.getElement().setAttribute("aria-hidden", "true");
      box.add(
          Words.span(kind.kind()),
          track,
          Words.span(Numbers.share(kind.share(), kind.se()), "md-num", "md-muted"));
    }
    if (!mix.tokens().isEmpty()) {
      Div tokens =
          new Div(
              Words.span(
                  "more often than elsewhere: "
                      + mix.tokens().stream()
                          .map(t -> "“" + t.token() + "”")
                          .collect(Collectors.joining(" ")),
                  "md-muted"));
      tokens.addClassName("md-wide");
      box.add(tokens);
    }
    return box;
  }

  private static Div list(Summary comparison, ComparisonState state, List<Input> inputs) {
    Div list = new Div();
    list.addClassName("md-inputs");
    list.setId("inputs");
    inputs.forEach(input -> list.add(card(comparison, state, input)));
    return list;
  }

  private static Anchor card(Summary comparison, ComparisonState state, Input input) {
    Anchor card = new Anchor(microscope(comparison, state, input), "");
    card.addClassNames("md-input", input.direction().equals("AB") ? "md-side-a" : "md-side-b");
    Span text = Words.span(input.text(), "md-text");
    Div meta =
        new Div(
            Words.span("D " + signed(input.d()) + " nats/token"),
            Words.span("z_A " + Numbers.nll(input.zA())),
            Words.span("z_B " + Numbers.nll(input.zB())),
            Words.span("stands for " + Numbers.magnitude(input.log10Weight()) + " inputs"));
    meta.addClassName("md-meta");
    card.add(text, meta);
    return card;
  }

  private static String microscope(Summary comparison, ComparisonState state, Input input) {
    QueryParameters query =
        QueryParameters.simple(
            Map.of(
                "a", comparison.a(),
                "b", comparison.b(),
                "ids", input.ids().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                "back", "comparison/" + comparison.id() + "?" + state.query().getQueryString()));
    return "lmdiff?" + query.getQueryString();
  }

  /** The panel's title with its help. */
  static Div head(ComparisonState state, Summary comparison) {
    double[] range = state.range();
    Div head =
        new Div(
            new H3(
                "Inputs found by "
                    + (state.direction().equals("AB") ? comparison.a() : comparison.b())
                    + (range == null
                        ? ""
                        : ", D from " + signed(range[0]) + " to " + signed(range[1]))),
            new Help(Topic.WEIGHT));
    head.addClassName("md-panel-head");
    return head;
  }

  private static String signed(double value) {
    return String.format(Locale.ENGLISH, "%+.3f", value);
  }
}
