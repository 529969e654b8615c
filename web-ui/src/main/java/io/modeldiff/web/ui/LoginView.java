package io.modeldiff.web.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;

/** Asks who is there; only shown where users are configured. */
@Route(value = "login", autoLayout = false)
@PageTitle("Log in · Model-diff")
public class LoginView extends Div {
  private static final long serialVersionUID = 1L;

  public LoginView() {
    addClassName("md-login");
    LoginI18n words = LoginI18n.createDefault();
    words.getForm().setTitle("Model-diff");
    words.getErrorMessage().setTitle("Name or password is wrong");
    words
        .getErrorMessage()
        .setMessage("Check both and try again, or ask an admin for a new password.");
    LoginForm form = new LoginForm(words);
    form.setForgotPasswordButtonVisible(false);
    form.addLoginListener(
        event -> {
          Object wanted = VaadinSession.getCurrent().getAttribute("after-login");
          if (Session.logIn(event.getUsername(), event.getPassword())) {
            UI.getCurrent().getPage().setLocation("/" + (wanted == null ? "" : wanted));
          } else {
            form.setError(true);
          }
        });
    add(form, new Paragraph("Accounts are made by an admin of this platform."));
  }
}
