package io.modeldiff.web.ui;

import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.communication.PushMode;

/** The document around all pages: server push and the style sheet. */
@Push(PushMode.AUTOMATIC)
public class AppShell implements AppShellConfigurator {
  private static final long serialVersionUID = 1L;

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.addLink("icon", "md/icon.svg");
    settings.addLink("stylesheet", "md/styles.css");
  }
}
