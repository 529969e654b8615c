package io.modeldiff.web.ui;

import static com.github.mvysny.kaributesting.v10.LocatorJ._assertOne;
import static com.github.mvysny.kaributesting.v10.LocatorJ._find;
import static com.github.mvysny.kaributesting.v10.LocatorJ._get;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.mvysny.kaributesting.v10.MockVaadin;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewsTest {
  @AfterEach
  void tearDown() {
    MockVaadin.tearDown();
  }

  private static void open(Services services, String page) {
    TestServlet.open(services, page);
  }

  private static Services toy(Path directory) {
    return Toy.services(
        AccessControl.listeningOn("127.0.0.1", Platform.users(directory)), Runnable::run);
  }

  private static AccessControl withUsers(Path directory) {
    UserStore users = Platform.users(directory);
    users.put("root", Role.ADMIN, "a long password");
    users.put("eve", Role.VIEWER, "a long password");
    return AccessControl.listeningOn("0.0.0.0", users);
  }

  @Test
  void home_onAnEmptyPlatform_guides(@TempDir Path directory) {
    open(Platform.empty(directory, Runnable::run), "");
    assertThat(_get(Span.class, s -> s.withId("who")).getText()).contains("this machine only");
    assertThat(_find(Paragraph.class)).anyMatch(p -> p.getText().contains("The wizard explains"));
  }

  @Test
  void comparison_ofTheToy_showsTheHeadline(@TempDir Path directory) {
    open(toy(directory), "comparison/toy");
    assertThat(_get(Paragraph.class, s -> s.withId("headline")).getText())
        .isEqualTo(
            "Of the 3,767,046 inputs that small-toy finds likely, large-toy finds 50% ± 1% less"
                + " likely.");
  }

  @Test
  void comparison_thatDoesNotExist_saysSo(@TempDir Path directory) {
    open(toy(directory), "comparison/none");
    assertThat(_find(Paragraph.class))
        .anyMatch(p -> p.getText().equals("There is no comparison 'none'."));
  }

  @Test
  void anyPage_withUsersConfigured_asksForALogin(@TempDir Path directory) {
    open(Toy.services(withUsers(directory), Runnable::run), "comparisons");
    _assertOne(LoginForm.class);
  }

  @Test
  void usersPage_openedByAViewer_isRefused(@TempDir Path directory) {
    open(Toy.services(withUsers(directory), Runnable::run), "login");
    VaadinSession.getCurrent().setAttribute(Caller.class, new Caller("eve", Role.VIEWER));
    UI.getCurrent().navigate("users");
    assertThat(_find(Paragraph.class))
        .anyMatch(p -> p.getText().startsWith("This needs the role admin, but eve is viewer"));
  }
}
