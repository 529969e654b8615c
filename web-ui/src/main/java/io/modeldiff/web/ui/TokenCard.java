package io.modeldiff.web.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.InstanceService.Candidate;
import io.modeldiff.web.service.InstanceService.Instance;
import io.modeldiff.web.service.InstanceService.Scores;

/** One token under both models: probability, rank, and what each model expected instead. */
final class TokenCard extends Div {
  private static final long serialVersionUID = 1L;

  TokenCard(Instance instance, int index, Runnable close) {
    addClassName("md-tokencard");
    getElement().setAttribute("data-index", String.valueOf(index));
    Button x = new Button(VaadinIcon.CLOSE_SMALL.create(), e -> close.run());
    x.addThemeVariants(
        ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
    x.setAriaLabel("Close this card");
    String text = instance.tokens().get(index).text();
    Div head =
        new Div(
            new H4("Token " + (index + 1) + ": " + (text.isBlank() ? "‘" + text + "’" : text)), x);
    head.addClassName("md-spread");
    Div lists =
        new Div(
            side(instance, instance.modelA(), instance.a(), "md-a", index),
            side(instance, instance.modelB(), instance.b(), "md-b", index));
    lists.addClassName("md-lists");
    add(head, lists);
  }

  private static Div side(
      Instance instance, Scores scores, String model, String colour, int index) {
    Div side = new Div(Words.span(model, colour, "md-small"));
    Double prob = TokenMeasure.prob(scores, index);
    Integer rank = index < scores.rank().size() ? scores.rank().get(index) : null;
    if (prob == null || rank == null) {
      side.add(new Div(Words.span("not scored here", "md-muted", "md-small")));
      return side;
    }
    side.add(
        new Div(
            Words.span(
                "p = " + Numbers.probability(prob, 3) + ", rank " + (rank + 1),
                "md-small",
                "md-num")));
    OrderedList list = new OrderedList();
    list.addClassName("md-toplist");
    int actual = instance.tokens().get(index).id();
    for (Candidate candidate : scores.top().get(index)) {
      ListItem item =
          new ListItem(
              Words.span(candidate.text().replace("\n", "⏎")),
              Words.span(Numbers.probability(candidate.prob(), 2), "md-num"));
      if (candidate.id() == actual) {
        item.addClassName("md-actual");
      }
      list.add(item);
    }
    side.add(list);
    return side;
  }
}
