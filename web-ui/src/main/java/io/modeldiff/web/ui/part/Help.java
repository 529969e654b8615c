package io.modeldiff.web.ui.part;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.popover.Popover;

/** The question mark beside a quantity. */
public final class Help extends Div {
  private static final long serialVersionUID = 1L;

  public Help(Topic topic) {
    addClassName("md-help");
    Button button = new Button(VaadinIcon.QUESTION_CIRCLE_O.create());
    button.addThemeVariants(
        ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel("What is " + topic.title() + "?");
    Popover popover = new Popover();
    popover.setTarget(button);
    popover.setAriaLabel(topic.title());
    popover.setWidth("22rem");
    popover.add(content(topic));
    add(button, popover);
  }

  private static Div content(Topic topic) {
    Span equation = new Span(topic.equation());
    equation.addClassName("md-equation");
    Span source = new Span(topic.source());
    source.addClassName("md-source");
    Div content = new Div(new H4(topic.title()), new Paragraph(topic.text()), equation, source);
    content.addClassName("md-help-text");
    return content;
  }
}
