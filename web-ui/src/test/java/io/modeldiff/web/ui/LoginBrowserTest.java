package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.Platform;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.access.UserStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where users are configured, everybody logs in and sees what the role allows. */
@ExtendWith(LivePlatform.Shared.class)
class LoginBrowserTest {
  private static final String PASSWORD = "a long password";

  @Test
  void everyRole_afterTheLogin_seesWhatItMayDo(LivePlatform platform, @TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    UserStore users = Platform.users(directory);
    for (Role role : new Role[] {Role.ADMIN, Role.OPERATOR, Role.ANNOTATOR, Role.VIEWER}) {
      users.put(role.word(), role, PASSWORD);
    }
    try (LivePlatform.Front front = platform.front(AccessControl.listeningOn("127.0.0.1", users));
        Browser browser = new Browser(front.pages(), directory.resolve("profile"))) {
      browser.width(1440);
      browser.open("models");
      logIn(browser, "viewer", "a wrong password");
      browser.waitForText("body", "Name or password is wrong");
      browser.shoot("login");
      logIn(browser, "viewer", PASSWORD);
      browser.waitForAddress("models");
      browser.waitForText("#who", "viewer · viewer");
      assertThat(browser.all("#register-model")).isEmpty();
      for (String page : new String[] {"compare", "users"}) {
        browser.open(page);
        browser.waitForText("body", "This page is not for your role");
      }
      browser.shoot("denied");
      logOut(browser);
      browser.open("users");
      logIn(browser, "operator", PASSWORD);
      browser.waitForText("body", "This needs the role admin");
      browser.open("models");
      browser.find("#register-model");
      logOut(browser);
      browser.open("users");
      logIn(browser, "admin", PASSWORD);
      browser.waitForText("#users", "annotator");
      browser.shoot("users");
    }
  }

  private static void logIn(Browser browser, String name, String password) {
    browser.type("#vaadinLoginUsername", name);
    browser.type("#vaadinLoginPassword", password);
    browser.click("vaadin-button[slot=submit]");
  }

  private static void logOut(Browser browser) {
    browser.click("#log-out");
    browser.find("#vaadinLoginUsername");
  }
}
