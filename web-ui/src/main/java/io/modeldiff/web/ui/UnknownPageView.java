package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import io.modeldiff.web.ui.part.EmptyState;

/** Shown for an address that is no page. */
@ParentLayout(MainLayout.class)
public class UnknownPageView extends Div implements HasErrorParameter<NotFoundException> {
  private static final long serialVersionUID = 1L;

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    removeAll();
    addClassName("md-page");
    add(
        EmptyState.of(
            "There is no such page",
            "The address '/" + event.getLocation().getPath() + "' is not a page of Model-diff.",
            new Anchor("/", "Go to the start page")));
    return 404;
  }
}
