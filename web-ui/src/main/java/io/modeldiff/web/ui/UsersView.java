package io.modeldiff.web.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.access.User;
import io.modeldiff.web.access.UserStore;
import io.modeldiff.web.ui.part.EmptyState;

/** Who may do what. */
@Route(value = "users", layout = MainLayout.class)
@PageTitle("Users · Model-diff")
@Needs(Permission.ADMINISTER)
public class UsersView extends Page {
  private static final long serialVersionUID = 1L;

  private final Div place = new Div();
  private final Div message = new Div();

  public UsersView() {
    super(
        "Users",
        "Viewers look, annotators score inputs, operators run campaigns, admins manage users. The"
            + " platform asks for a login as soon as it starts with a user configured.");
    message.getElement().setAttribute("role", "status");
    add(place, message, form());
    show();
  }

  private static UserStore users() {
    return services().access().users();
  }

  private void show() {
    place.removeAll();
    if (users().isEmpty()) {
      place.add(
          EmptyState.of(
              "Single-user mode",
              "Nobody is configured, so this platform listens on this machine only and asks for no"
                  + " login. The first user must be an admin."));
      return;
    }
    Grid<User> grid = new Grid<>();
    grid.setId("users");
    grid.addColumn(User::name).setHeader("Name");
    grid.addColumn(u -> u.role().word()).setHeader("Role");
    grid.addColumn(
            u ->
                u.tokens().isEmpty()
                    ? "none"
                    : String.join(", ", u.tokens().stream().map(User.Token::label).toList()))
        .setHeader("API tokens");
    grid.addComponentColumn(
        u ->
            small(
                "New token",
                () ->
                    say(
                        "Token of "
                            + u.name()
                            + ", shown once: "
                            + users().newToken(u.name(), "page"))));
    grid.addComponentColumn(u -> small("Remove", () -> users().remove(u.name())));
    grid.setItems(users().list());
    grid.setAllRowsVisible(true);
    place.add(grid);
  }

  private Button small(String text, Runnable action) {
    Button button = new Button(text, e -> attempt(action));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    return button;
  }

  private void attempt(Runnable action) {
    message.removeAll();
    try {
      Session.requireCaller().require(Permission.ADMINISTER);
      action.run();
      show();
    } catch (UserException e) {
      say(String.valueOf(e.getMessage()));
    }
  }

  private void say(String text) {
    message.removeAll();
    message.add(Words.span(text, "md-small"));
  }

  private Div form() {
    TextField name = new TextField("Name");
    PasswordField password = new PasswordField("Password");
    password.setHelperText("At least 8 characters");
    name.setHelperText("Letters, digits or . _ @ -");
    Select<Role> role = new Select<>();
    role.setHelperText("What this person may do");
    role.setLabel("Role");
    role.setItems(Role.values());
    role.setItemLabelGenerator(Role::word);
    role.setValue(users().isEmpty() ? Role.ADMIN : Role.VIEWER);
    Button add =
        new Button(
            "Add or change",
            e -> attempt(() -> users().put(name.getValue(), role.getValue(), password.getValue())));
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add.setId("put-user");
    Div row = new Div(name, password, role, add);
    row.addClassNames("md-row", "md-fields");
    Div form = new Div(new H3("Add a user"), row);
    form.addClassNames("md-card", "md-section");
    return form;
  }
}
