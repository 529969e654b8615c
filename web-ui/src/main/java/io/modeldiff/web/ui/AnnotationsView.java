package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.AnnotationService.NewProject;
import io.modeldiff.web.service.AnnotationService.Progress;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.List;

/** All annotation projects, and a new one. */
@Route(value = "annotations", layout = MainLayout.class)
@PageTitle("Annotations · Model-diff")
public class AnnotationsView extends Page implements BeforeEnterObserver {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 1000;

  private final Div place = new Div();
  private final Div message = new Div();
  private String comparison = "";

  public AnnotationsView() {
    super(
        "Annotations",
        "People score inputs on which the models differ; the scores say which model is right to"
            + " differ.");
    message.getElement().setAttribute("role", "status");
    add(place);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    comparison =
        event.getLocation().getQueryParameters().getSingleParameter("comparison").orElse("");
    if (People.may(Permission.OPERATE)) {
      add(form());
    }
  }

  @Override
  protected void onAttach(AttachEvent event) {
    load(place, s -> s.annotations().list(MOST), this::show);
  }

  private void show(List<Progress> all) {
    if (all.isEmpty()) {
      place.add(
          EmptyState.of(
              "No annotation project yet",
              "Create one for a comparison below; its items are drawn by weight from what was"
                  + " sampled."));
      return;
    }
    Grid<Progress> grid = new Grid<>();
    grid.setId("projects");
    grid.addComponentColumn(p -> new Anchor("annotation/" + p.id(), p.name()))
        .setHeader("Project")
        .setFlexGrow(3);
    grid.addComponentColumn(p -> new Anchor("comparison/" + p.comparison(), p.comparison()))
        .setHeader("Comparison")
        .setFlexGrow(2);
    grid.addColumn(p -> p.complete() + " of " + p.items()).setHeader("Items complete");
    grid.addColumn(p -> p.people().size()).setHeader("People");
    grid.addColumn(p -> Numbers.time(p.created())).setHeader("Created");
    grid.addComponentColumn(p -> new Anchor("annotate/" + p.id(), "Annotate")).setHeader("");
    grid.setItems(all);
    grid.setAllRowsVisible(all.size() <= 20);
    place.add(grid);
  }

  private Div form() {
    TextField name = new TextField("Name");
    name.setId("project-name");
    TextField of = new TextField("Comparison");
    of.setValue(comparison);
    IntegerField bins = number("D bins per term", 4, 1, 50);
    IntegerField perBin = number("Items drawn per bin", 25, 1, 2000);
    IntegerField steps = number("Steps (1: good or bad)", 1, 1, 9);
    IntegerField overlap = number("People per item", 2, 1, 20);
    TextArea guidelines = new TextArea("Guidelines");
    guidelines.setWidthFull();
    Button create = new Button("Create");
    create.setId("create-project");
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    create.addClickListener(
        e ->
            create(
                new NewProject(
                    name.getValue(),
                    of.getValue().strip(),
                    null,
                    null,
                    null,
                    bins.getValue(),
                    perBin.getValue(),
                    steps.getValue(),
                    overlap.getValue(),
                    guidelines.getValue().isBlank() ? null : guidelines.getValue(),
                    null,
                    null,
                    null,
                    null)));
    Div row = new Div(name, of, bins, perBin, steps, overlap);
    row.addClassNames("md-row", "md-end");
    Div form = new Div(new H3("New project"), row, guidelines, new Div(create), message);
    form.addClassNames("md-card", "md-section", "md-stack");
    return form;
  }

  private static IntegerField number(String label, int value, int least, int most) {
    IntegerField field = new IntegerField(label);
    field.setValue(value);
    field.setMin(least);
    field.setMax(most);
    field.setStepButtonsVisible(true);
    return field;
  }

  private void create(NewProject project) {
    Caller who = People.annotator();
    UI ui = UI.getCurrent();
    message.removeAll();
    load(message, s -> s.annotations().create(project, who), id -> ui.navigate("annotation/" + id));
  }
}
