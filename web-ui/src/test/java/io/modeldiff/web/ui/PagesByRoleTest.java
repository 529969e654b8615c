package io.modeldiff.web.ui;

import static com.github.mvysny.kaributesting.v10.LocatorJ._find;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.mvysny.kaributesting.v10.MockVaadin;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.server.VaadinSession;
import io.modeldiff.web.Platform;
import io.modeldiff.web.Toy;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.access.UserStore;
import io.modeldiff.web.service.Services;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page by every role: shown, refused, or a login first. */
class PagesByRoleTest {
  private static final Set<Role> ALL = EnumSet.allOf(Role.class);
  private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR, Role.ADMIN);
  private static final Map<String, Set<Role>> PAGES =
      Map.ofEntries(
          Map.entry("", ALL),
          Map.entry("compare", OPERATORS),
          Map.entry("comparisons", ALL),
          Map.entry("comparison/toy", ALL),
          Map.entry("campaigns", ALL),
          Map.entry("campaign/none", ALL),
          Map.entry("annotations", ALL),
          Map.entry("annotation/none", ALL),
          Map.entry("annotate/none", EnumSet.of(Role.ANNOTATOR, Role.OPERATOR, Role.ADMIN)),
          Map.entry("lmdiff", ALL),
          Map.entry("corpora", ALL),
          Map.entry("corpus/none", ALL),
          Map.entry("models", ALL),
          Map.entry("system", ALL),
          Map.entry("users", EnumSet.of(Role.ADMIN)));

  @AfterEach
  void tearDown() {
    MockVaadin.tearDown();
  }

  private static Services services(Path directory) {
    UserStore users = Platform.users(directory);
    users.put("root", Role.ADMIN, "a long password");
    return Toy.services(AccessControl.listeningOn("127.0.0.1", users), Runnable::run);
  }

  @Test
  void everyPage_byEveryRole_isShownOrRefused(@TempDir Path directory) {
    Services services = services(directory);
    for (Map.Entry<String, Set<Role>> page : PAGES.entrySet()) {
      for (Role role : Role.values()) {
        TestServlet.open(services, "login");
        VaadinSession.getCurrent().setAttribute(Caller.class, new Caller("eve", role));
        UI.getCurrent().navigate(page.getKey());
        boolean refused =
            _find(H3.class).stream()
                .anyMatch(h -> h.getText().equals("This page is not for your role"));
        assertThat(refused)
            .as("page '%s' by %s is refused", page.getKey(), role)
            .isEqualTo(!page.getValue().contains(role));
        MockVaadin.tearDown();
      }
    }
  }

  @Test
  void everyPage_byNobody_asksForALogin(@TempDir Path directory) {
    Services services = services(directory);
    for (String page : PAGES.keySet()) {
      TestServlet.open(services, page);
      assertThat(_find(LoginForm.class)).as("page '%s'", page).hasSize(1);
      MockVaadin.tearDown();
    }
  }

  @Test
  void table_namesEveryPage() {
    List<String> templates =
        TestServlet.ROUTES.getRoutes().stream()
            .map(page -> page.getAnnotation(com.vaadin.flow.router.Route.class).value())
            .filter(template -> !template.equals("login"))
            .map(template -> template.replaceAll("/:.*", ""))
            .toList();
    assertThat(PAGES.keySet().stream().map(page -> page.replaceAll("/.*", "")).toList())
        .containsExactlyInAnyOrderElementsOf(templates);
  }
}
