package io.modeldiff.web.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The frame around every page: navigation, colours, and who is looking. */
public class MainLayout extends AppLayout {
  private static final long serialVersionUID = 1L;

  private static final String TOGGLE_THEME =
      "const d=document.documentElement,t=d.getAttribute('theme')==='dark'?'light':'dark';"
          + "d.setAttribute('theme',t);localStorage.setItem('md-theme',t)";
  private static final String TOGGLE_PALETTE =
      "const d=document.documentElement,p=d.dataset.palette==='lmdiff'?'safe':'lmdiff';"
          + "d.dataset.palette=p;localStorage.setItem('md-palette',p)";

  public MainLayout() {
    setPrimarySection(Section.DRAWER);
    Caller caller = Session.caller().orElse(null);
    addToNavbar(skip(), toggle(), navbar(caller));
    addToDrawer(brand(), navigation(caller), foot());
  }

  // The first stop of the keyboard, seen only while it has the focus.
  private static Button skip() {
    Button skip = new Button("Skip to the content");
    skip.addClassName("md-skip");
    skip.addClickListener(
        e ->
            UI.getCurrent()
                .getPage()
                .executeJs("document.getElementById($0)?.focus()", Page.CONTENT));
    return skip;
  }

  private static DrawerToggle toggle() {
    DrawerToggle toggle = new DrawerToggle();
    toggle.setAriaLabel("Show or hide the pages");
    return toggle;
  }

  private static Anchor brand() {
    Span mark = new Span("A");
    mark.addClassName("md-brand-a");
    Span other = new Span("B");
    other.addClassName("md-brand-b");
    Div logo = new Div(mark, other);
    logo.addClassName("md-brand-mark");
    logo.getElement().setAttribute("aria-hidden", "true");
    Anchor brand = new Anchor("/", logo, new Span("Model-diff"));
    brand.addClassName("md-brand");
    brand.getElement().setAttribute("aria-label", "Model-diff, start page");
    return brand;
  }

  private static SideNav navigation(@Nullable Caller caller) {
    SideNav nav = new SideNav();
    nav.getElement().setAttribute("aria-label", "Pages");
    nav.addItem(new SideNavItem("Home", HomeView.class, VaadinIcon.HOME_O.create()));
    if (caller != null && caller.may(Permission.OPERATE)) {
      nav.addItem(
          new SideNavItem(
              "New comparison", NewComparisonView.class, VaadinIcon.PLUS_CIRCLE_O.create()));
    }
    nav.addItem(
        list("Comparisons", ComparisonsView.class, VaadinIcon.SPLIT_H, "comparison"),
        list("Campaigns", CampaignsView.class, VaadinIcon.CHART_TIMELINE, "campaign"),
        list(
            "Annotations",
            AnnotationsView.class,
            VaadinIcon.CHECK_SQUARE_O,
            "annotation",
            "annotate"));
    nav.addItem(new SideNavItem("Microscope", MicroscopeView.class, VaadinIcon.SEARCH.create()));
    nav.addItem(list("Corpora", CorporaView.class, VaadinIcon.FILE_TEXT_O, "corpus"));
    nav.addItem(new SideNavItem("Models", ModelsView.class, VaadinIcon.CUBES.create()));
    nav.addItem(new SideNavItem("System", SystemView.class, VaadinIcon.HEART_O.create()));
    if (caller != null && caller.may(Permission.ADMINISTER)) {
      nav.addItem(new SideNavItem("Users", UsersView.class, VaadinIcon.USERS.create()));
    }
    return nav;
  }

  // The list is where the pages of its items belong: it stays marked on them.
  private static SideNavItem list(
      String label, Class<? extends Component> view, VaadinIcon icon, String... items) {
    SideNavItem item = new SideNavItem(label, view, icon.create());
    item.setPathAliases(Set.of(items));
    item.setMatchNested(true);
    return item;
  }

  private static Div foot() {
    Div foot = new Div(new Span("Nothing on these pages is loaded from outside."));
    foot.addClassName("md-foot");
    return foot;
  }

  private static Div navbar(@Nullable Caller caller) {
    Div bar = new Div();
    bar.addClassName("md-navbar");
    Button palette =
        iconButton(VaadinIcon.PALETTE, "Switch between red/blue and colour-blind-safe colours");
    palette.addClickListener(e -> UI.getCurrent().getPage().executeJs(TOGGLE_PALETTE));
    palette.setId("palette-toggle");
    Button theme = iconButton(VaadinIcon.ADJUST, "Switch between light and dark");
    theme.addClickListener(e -> UI.getCurrent().getPage().executeJs(TOGGLE_THEME));
    theme.setId("theme-toggle");
    bar.add(who(caller), palette, theme);
    if (!Session.services().access().singleUser()) {
      Button out =
          new Button(
              "Log out",
              e -> {
                UI.getCurrent().getPage().setLocation("/login");
                Session.logOut();
              });
      out.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
      out.setId("log-out");
      bar.add(out);
    }
    return bar;
  }

  private static Span who(@Nullable Caller caller) {
    boolean single = Session.services().access().singleUser();
    Span who =
        new Span(
            single || caller == null
                ? "Single-user: this machine only, no login"
                : caller.name() + " · " + caller.role().word());
    who.addClassName("md-who");
    who.setId("who");
    return who;
  }

  private static Button iconButton(VaadinIcon icon, String label) {
    Button button = new Button(icon.create());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
    button.setAriaLabel(label);
    button.setTooltipText(label);
    return button;
  }
}
