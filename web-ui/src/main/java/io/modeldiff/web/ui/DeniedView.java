package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.modeldiff.web.access.AccessDeniedException;
import io.modeldiff.web.ui.part.EmptyState;

/** Shown when a page needs another role. */
@ParentLayout(MainLayout.class)
public class DeniedView extends Div implements HasErrorParameter<AccessDeniedException> {
  private static final long serialVersionUID = 1L;

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<AccessDeniedException> parameter) {
    removeAll();
    addClassName("md-page");
    add(
        EmptyState.of(
            "This page is not for your role",
            String.valueOf(parameter.getException().getMessage())));
    return 403;
  }
}
