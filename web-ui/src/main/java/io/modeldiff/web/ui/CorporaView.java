package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.CorpusService.Corpus;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.List;

/** Registered corpora. */
@Route(value = "corpora", layout = MainLayout.class)
@PageTitle("Corpora · Model-diff")
public class CorporaView extends Page {
  private static final long serialVersionUID = 1L;

  private final Div place = new Div();

  public CorporaView() {
    super("Corpora", "Texts, one phrase per line, ranked by how much two models differ on them.");
    add(place);
    if (Session.caller().filter(c -> c.may(Permission.OPERATE)).isPresent()) {
      add(form());
    }
  }

  @Override
  protected void onAttach(AttachEvent event) {
    follow(place, s -> s.corpora().list(), this::show);
  }

  private void reload() {
    load(place, s -> s.corpora().list(), this::show);
  }

  private void show(List<Corpus> corpora) {
    place.removeAll();
    if (corpora.isEmpty()) {
      place.add(
          EmptyState.of(
              "No corpus yet",
              "Register a text below, one phrase per line; LMdiff's dataset files work as they"
                  + " are."));
      return;
    }
    Grid<Corpus> grid = new Grid<>();
    grid.setId("corpora");
    grid.addComponentColumn(c -> new Anchor("corpus/" + c.name(), c.name())).setHeader("Corpus");
    grid.addColumn(c -> Numbers.whole(c.phrases())).setHeader("Phrases");
    grid.addColumn(c -> c.type().replace('_', ' ')).setHeader("Type");
    grid.addColumn(c -> c.checksum().substring(0, Math.min(12, c.checksum().length())))
        .setHeader("Checksum")
        .setTooltipGenerator(Corpus::checksum);
    grid.setItems(corpora);
    grid.setAllRowsVisible(corpora.size() <= 20);
    place.add(grid);
  }

  private Div form() {
    TextField name = new TextField("Name");
    TextArea content = new TextArea("Text, one phrase per line");
    content.setWidthFull();
    content.setMinHeight("8rem");
    Div message = new Div();
    Button add = new Button("Register", e -> register(name, content, message));
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add.setId("register-corpus");
    add.getStyle().set("align-self", "flex-start");
    Div form = new Div(new H3("Register a corpus"), name, content, add, message);
    form.addClassNames("md-card", "md-section", "md-stack");
    return form;
  }

  private void register(TextField name, TextArea content, Div message) {
    Caller caller = Session.requireCaller();
    String wanted = name.getValue().strip();
    String text = content.getValue();
    load(
        message,
        s -> s.corpora().add(wanted, text, caller),
        corpus -> {
          name.clear();
          content.clear();
          message.add(
              Words.span(corpus.name() + " is registered. " + corpus.warning(), "md-small"));
          reload();
        });
  }
}
