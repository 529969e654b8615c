package io.modeldiff.web.ui;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinSession;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.service.Services;
import java.util.Optional;

/** Who looks at the current page, and the services behind it. */
public final class Session {
  private Session() {}

  /** The platform's services. */
  public static Services services() {
    return VaadinService.getCurrent().getContext().getAttribute(Services.class);
  }

  /** Whoever is logged in, or the local user in single-user mode. */
  public static Optional<Caller> caller() {
    Optional<Caller> local = services().access().withoutLogin();
    if (local.isPresent()) {
      return local;
    }
    return Optional.ofNullable(VaadinSession.getCurrent().getAttribute(Caller.class));
  }

  /** The caller of a page that is only shown to callers. */
  public static Caller requireCaller() {
    return caller().orElseThrow(() -> new IllegalStateException("a page was shown to nobody"));
  }

  /** Logs in; the session gets a new id, so that one known before is worth nothing. */
  static boolean logIn(String name, String password) {
    Optional<Caller> caller = services().access().byPassword(name, password);
    caller.ifPresent(
        found -> {
          VaadinService.reinitializeSession(VaadinRequest.getCurrent());
          VaadinSession.getCurrent().setAttribute(Caller.class, found);
        });
    return caller.isPresent();
  }

  /** Logs out and forgets the session. */
  static void logOut() {
    VaadinSession.getCurrent().getSession().invalidate();
  }
}
