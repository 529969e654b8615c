package io.modeldiff.web.ui;

import com.github.mvysny.kaributesting.v10.MockVaadin;
import com.github.mvysny.kaributesting.v10.Routes;
import com.github.mvysny.kaributesting.v10.mock.MockVaadinServlet;
import com.vaadin.flow.component.UI;
import io.modeldiff.web.service.Services;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;

/** A servlet whose context holds the services, as the real server's does. */
final class TestServlet extends MockVaadinServlet {
  static final Routes ROUTES = new Routes().autoDiscoverViews("io.modeldiff.web.ui");
  private static final long serialVersionUID = 1L;
  private final transient Services services;

  private TestServlet(Services services) {
    super(ROUTES);
    this.services = services;
  }

  /** Opens a page in a new browser of the test's imagination. */
  static void open(Services services, String page) {
    MockVaadin.setup(UI::new, new TestServlet(services));
    UI.getCurrent().navigate(page);
    MockVaadin.clientRoundtrip();
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    config.getServletContext().setAttribute(Services.class.getName(), services);
    super.init(config);
  }
}
