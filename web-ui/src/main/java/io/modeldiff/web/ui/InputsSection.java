package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.TextMix;
import io.modeldiff.web.service.ComparisonService.Summary;
import java.util.Map;
import java.util.function.Consumer;

/** The inputs of the chosen range, page by page, with what finds some of them. */
final class InputsSection extends Div {
  private static final long serialVersionUID = 1L;

  private final Div waiting =
      new Div("Drawing inputs from the samples; the first time they are read for it…");
  private final Div list = new Div();

  private record Listed(InputPage page, TextMix mix) {}

  InputsSection() {
    addClassName("md-panel");
    waiting.addClassNames("md-waiting", "md-muted", "md-small");
    waiting.getElement().setAttribute("role", "status");
  }

  /**
   * Lists the inputs of a state anew.
   *
   * @param directed told whose inputs are wanted instead
   */
  void show(Summary found, ComparisonState state, Consumer<String> directed) {
    removeAll();
    Select<String> finder =
        Choice.of(
            "Found by",
            Map.of("AB", found.a(), "BA", found.b()),
            InputQuery.DIRECTIONS,
            state.direction(),
            directed);
    finder.setId("found");
    finder.setWidth("16rem");
    TextField search = new TextField();
    search.setPlaceholder("Part of the text");
    search.setAriaLabel("Show inputs that hold this text");
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.ON_CHANGE);
    search.setId("search");
    search.addThemeName("small");
    Paging paging = new Paging(InputQuery.PAGE);
    Runnable show =
        () -> list(found, state, query(state, search.getValue().strip(), paging), paging);
    paging.onMove(show);
    search.addValueChangeListener(
        e -> {
          paging.restart();
          show.run();
        });
    Div tools = new Div(finder, search);
    tools.addClassName("md-row");
    // The inputs of before stay, marked as such, until those of now are there.
    add(InputsPanel.head(state, found), tools, paging, waiting, list);
    show.run();
  }

  private static InputQuery query(ComparisonState state, String text, Paging paging) {
    double[] range = state.range();
    return new InputQuery(
        state.direction(),
        range == null ? -InputQuery.WIDEST : range[0],
        range == null ? InputQuery.WIDEST : range[1],
        -InputQuery.WIDEST,
        InputQuery.WIDEST,
        text,
        paging.offset(),
        InputQuery.PAGE);
  }

  private void list(Summary found, ComparisonState state, InputQuery query, Paging paging) {
    Page.load(
        list,
        s ->
            new Listed(
                s.comparisons().inputs(found.id(), query), s.comparisons().mix(found.id(), query)),
        listed -> {
          paging.show(listed.page());
          list.add(new InputsPanel(found, state, listed.page(), listed.mix()));
        });
  }
}
