package io.modeldiff.web.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import java.util.Optional;

/**
 * Set-up of every page: the colour scheme before the first paint, recovery after a restart of the
 * server, and the one gate through which every navigation goes.
 */
public final class DashboardInit implements VaadinServiceInitListener {
  private static final long serialVersionUID = 1L;

  private static final int MESSAGE_MILLIS = 10_000;

  // Runs before anything is painted, so that a dark page never flashes white.
  private static final String APPLY_CHOICES =
      "(()=>{const"
          + " d=document.documentElement,s=localStorage,t=s.getItem('md-theme')||(matchMedia('(prefers-color-scheme:"
          + " dark)').matches?'dark':'light');"
          + "d.setAttribute('theme',t);d.setAttribute('data-palette',s.getItem('md-palette')||'lmdiff')})()";

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.addIndexHtmlRequestListener(
        index -> {
          index.getDocument().getElementsByTag("html").attr("lang", "en");
          index.getDocument().head().prependElement("script").append(APPLY_CHOICES);
          index.getDocument().head().appendElement("script").attr("src", "md/element.js");
          index
              .getDocument()
              .head()
              .appendElement("script")
              .attr("src", "md/alive.js")
              .attr("defer", true);
        });
    event.getSource().setSystemMessagesProvider(info -> silentRecovery());
    event
        .getSource()
        .addSessionInitListener(init -> init.getSession().setErrorHandler(DashboardInit::tell));
    event.getSource().addUIInitListener(init -> prepare(init.getUI()));
  }

  // Whatever a click could not do is said where it was clicked.
  private static void tell(ErrorEvent error) {
    String sentence = Page.sentence(error.getThrowable());
    if (UI.getCurrent() != null) {
      Notification.show(sentence, MESSAGE_MILLIS, Notification.Position.MIDDLE);
    }
  }

  // After a restart the server knows no session: the page reloads by itself instead of asking.
  private static CustomizedSystemMessages silentRecovery() {
    CustomizedSystemMessages messages = new CustomizedSystemMessages();
    messages.setSessionExpiredNotificationEnabled(false);
    return messages;
  }

  private static void prepare(UI ui) {
    ui.getReconnectDialogConfiguration()
        .setDialogText("The platform does not answer. Trying again…");
    ui.getReconnectDialogConfiguration().setReconnectInterval(1000);
    ui.getReconnectDialogConfiguration().setReconnectAttempts(100_000);
    ui.addBeforeEnterListener(DashboardInit::gate);
  }

  private static void gate(BeforeEnterEvent event) {
    Class<?> target = event.getNavigationTarget();
    if (target == LoginView.class) {
      return;
    }
    Optional<Caller> caller = Session.caller();
    if (caller.isEmpty()) {
      event
          .getUI()
          .getSession()
          .setAttribute("after-login", event.getLocation().getPathWithQueryParameters());
      event.forwardTo(LoginView.class);
    } else {
      Needs needs = target.getAnnotation(Needs.class);
      caller.get().require(needs == null ? Permission.VIEW : needs.value());
    }
  }
}
