package io.modeldiff.web.ui;

import com.vaadin.flow.server.VaadinSession;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import java.util.Optional;

/**
 * Under which name somebody annotates: the login, or on a platform without users the name that the
 * person chose in this browser.
 */
final class People {
  private static final String CHOSEN = "annotator";

  private People() {}

  /** Chooses a name, where there are no logins. */
  static void choose(String name) {
    Session.services()
        .access()
        .withoutLogin(name)
        .ifPresent(c -> VaadinSession.getCurrent().setAttribute(CHOSEN, c.name()));
  }

  /** Whoever annotates here. */
  static Caller annotator() {
    Object chosen = VaadinSession.getCurrent().getAttribute(CHOSEN);
    Optional<Caller> caller =
        chosen == null
            ? Session.caller()
            : Session.services().access().withoutLogin(chosen.toString()).or(Session::caller);
    return caller.orElseThrow(() -> new IllegalStateException("a page was shown to nobody"));
  }

  static boolean may(Permission permission) {
    return annotator().may(permission);
  }
}
