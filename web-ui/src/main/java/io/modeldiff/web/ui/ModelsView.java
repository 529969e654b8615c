package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.BundledDemo;
import io.modeldiff.web.service.ModelService;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Registered models. */
@Route(value = "models", layout = MainLayout.class)
@PageTitle("Models · Model-diff")
public class ModelsView extends Page {
  private static final long serialVersionUID = 1L;
  private static final int HASH_SHOWN = 8;

  private final Div place = new Div();

  public ModelsView() {
    super(
        "Models",
        "Hugging Face directories, registered by name and fixed by the hash of their files. Models"
            + " of one group share a vocabulary and can be compared token by token.");
    add(place);
    if (Session.caller().filter(c -> c.may(Permission.OPERATE)).isPresent()) {
      add(form());
    }
  }

  @Override
  protected void onAttach(AttachEvent event) {
    follow(place, s -> s.models().list(), this::show);
  }

  private void reload() {
    load(place, s -> s.models().list(), this::show);
  }

  private void show(List<ModelService.Model> models) {
    place.removeAll();
    if (models.isEmpty()) {
      place.add(
          EmptyState.of(
              "No model yet",
              "Register a directory that holds config.json, model.safetensors and"
                  + " tokenizer.json."));
      return;
    }
    Grid<ModelService.Model> grid = new Grid<>();
    grid.setId("models");
    grid.addColumn(ModelService.Model::name).setHeader("Name").setFlexGrow(2);
    grid.addColumn(m -> m.architecture() + ", " + m.kind()).setHeader("Architecture");
    grid.addColumn(m -> parameters(m.parameters())).setHeader("Weights");
    grid.addColumn(m -> tokens(m.vocabulary())).setHeader("Vocabulary");
    grid.addColumn(m -> tokens(m.positions())).setHeader("Context");
    grid.addColumn(ModelService.Model::group).setHeader("Group");
    grid.addColumn(m -> m.hash().substring(0, Math.min(HASH_SHOWN, m.hash().length())))
        .setHeader("Hash")
        .setTooltipGenerator(ModelService.Model::hash);
    grid.getColumns().forEach(column -> column.setAutoWidth(true));
    grid.setItems(models);
    grid.setAllRowsVisible(models.size() <= 20);
    place.add(grid);
  }

  private static String tokens(int count) {
    return Numbers.whole(count) + " tokens";
  }

  private static String parameters(@Nullable Long count) {
    return count == null ? "not read yet" : Numbers.significant(count / 1e6, 3) + " million";
  }

  private Div form() {
    TextField name = new TextField("Name");
    name.setHelperText("How you will call it");
    TextField directory = new TextField("Directory on this machine");
    directory.setWidth("24rem");
    directory.setHelperText("Holds config.json, model.safetensors, tokenizer.json");
    Div message = new Div();
    Button add = new Button("Register", e -> register(name, directory, message));
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add.setId("register-model");
    Button bundled = new Button("Register the bundled models", e -> registerBundled(message));
    bundled.setId("register-bundled");
    Div row = new Div(name, directory, add, bundled);
    row.addClassNames("md-row", "md-fields");
    Div form = new Div(new H3("Register a model"), row, message);
    form.addClassNames("md-card", "md-section");
    return form;
  }

  private void registerBundled(Div message) {
    Caller caller = Session.requireCaller();
    load(
        message,
        s -> {
          BundledDemo.register(s, caller);
          return s.models().list().size();
        },
        count -> {
          message.add(Words.span(count + " models are registered now.", "md-small"));
          reload();
        });
  }

  private void register(TextField name, TextField directory, Div message) {
    Caller caller = Session.requireCaller();
    String wantedName = name.getValue().strip();
    String wantedDirectory = directory.getValue().strip();
    load(
        message,
        s -> s.models().add(wantedName, wantedDirectory, caller),
        model -> {
          name.clear();
          directory.clear();
          message.add(Words.span(model.name() + " is registered.", "md-small"));
          reload();
        });
  }
}
