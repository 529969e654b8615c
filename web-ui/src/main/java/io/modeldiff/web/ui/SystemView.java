package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.SystemService;
import io.modeldiff.web.ui.part.Badge;
import java.util.Locale;

/** How the platform is doing. */
@Route(value = "system", layout = MainLayout.class)
@PageTitle("System · Model-diff")
public class SystemView extends Page {
  private static final long serialVersionUID = 1L;

  private final Div place = new Div();

  public SystemView() {
    super("System health", "The parts of this platform and the machines that it runs on.");
    add(place);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    follow(place, s -> s.system().health(), this::show);
  }

  private void show(SystemService.Health health) {
    place.removeAll();
    Div parts = new Div();
    parts.addClassName("md-grid");
    for (SystemService.Part part : health.parts()) {
      Div head = new Div(new H3(part.name()), Badge.of(part.ok() ? "works" : "trouble", part.ok()));
      head.addClassName("md-spread");
      Div card = new Div(head, new Paragraph(part.sentence()));
      card.addClassName("md-card");
      parts.add(card);
    }
    place.add(parts);
    Div nodes = new Div(new H3("Cluster members"));
    nodes.addClassName("md-section");
    for (SystemService.Node node : health.nodes()) {
      Div row =
          new Div(
              Words.span(node.address()),
              Words.span(String.join(", ", node.roles()), "md-muted"),
              Badge.of(node.status().toLowerCase(Locale.ENGLISH), node.status().equals("Up")));
      row.addClassName("md-row");
      nodes.add(row);
    }
    if (!health.nodes().isEmpty()) {
      place.add(nodes);
    }
    place.add(
        new Paragraph(
            "Model-diff "
                + health.version()
                + ", up for "
                + Numbers.duration(health.uptimeSeconds())
                + "."));
  }
}
