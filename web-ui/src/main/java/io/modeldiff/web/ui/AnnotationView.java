package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.service.AnnotationService.Detail;
import io.modeldiff.web.service.AnnotationService.NewAnswer;
import io.modeldiff.web.service.ComparisonService.Export;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.EmptyState;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One annotation project: how far it is, what it says, and what a reviewer has to decide. */
@Route(value = "annotation/:id", layout = MainLayout.class)
public class AnnotationView extends Page implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1L;

  private final Div place = new Div();
  private final Div review = new Div();
  private final Div message = new Div();
  private String id = "";

  public AnnotationView() {
    super("Annotation project", "");
    message.getElement().setAttribute("role", "status");
    review.setId("review");
    add(place);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    id = event.getRouteParameters().get("id").orElse("");
  }

  @Override
  public String getPageTitle() {
    return "Annotation project · Model-diff";
  }

  @Override
  protected void onAttach(AttachEvent event) {
    load(place, s -> s.annotations().get(id), this::show);
  }

  private void show(Detail detail) {
    place.add(new AnnotationPanel(id), design(detail));
    if (People.may(Permission.OPERATE)) {
      review.addClassNames("md-card", "md-section", "md-stack");
      place.add(operator(detail), review);
      showReview();
    }
  }

  private Div design(Detail detail) {
    Div box =
        new Div(
            new H3("Design"),
            new Paragraph(
                "Terms "
                    + detail.design().terms().stream()
                        .map(t -> t.word())
                        .collect(Collectors.joining(", "))
                    + " at λ = "
                    + detail.design().lambda()
                    + " nats/token; "
                    + detail.design().strata().size()
                    + " D bins, "
                    + detail.draws()
                    + " draws by weight in each; "
                    + detail.design().overlap()
                    + (detail.design().overlap() == 1 ? " person" : " people")
                    + " per item; scores "
                    + detail.design().scaleWords()
                    + (detail.design().blind() ? "; blind." : "; not blind.")),
            new Anchor("comparison/" + detail.design().comparison(), "The comparison"),
            new H3("Guidelines, version " + detail.guidelinesVersion()),
            new Paragraph(detail.guidelines()));
    box.addClassNames("md-card", "md-section");
    return box;
  }

  private Div operator(Detail detail) {
    IntegerField more = new IntegerField("More draws per bin");
    more.setValue(10);
    more.setMin(1);
    TextArea text = new TextArea("Guidelines");
    text.setValue(detail.guidelines());
    text.setWidthFull();
    Caller who = People.annotator();
    Div row =
        new Div(
            more,
            button("Top up", s -> s.annotations().topUp(id, number(more), null, who), "top-up"),
            export("jsonl"),
            export("csv"));
    row.addClassNames("md-row", "md-fields");
    Div box =
        new Div(
            new H3("For operators"),
            row,
            text,
            new Div(
                button(
                    "New version of the guidelines",
                    s -> s.annotations().reviseGuidelines(id, text.getValue(), null, who),
                    "revise")),
            message);
    box.addClassNames("md-card", "md-section", "md-stack");
    return box;
  }

  private static int number(IntegerField field) {
    Integer value = field.getValue();
    return value == null ? 0 : value;
  }

  private Button button(String text, Consumer<Services> action, String name) {
    Button button =
        new Button(
            text,
            e ->
                load(
                    message,
                    s -> {
                      action.accept(s);
                      return s.annotations().get(id);
                    },
                    now -> {
                      place.removeAll();
                      show(now);
                    }));
    button.setId(name);
    return button;
  }

  private Anchor export(String format) {
    Services services = services();
    Caller who = People.annotator();
    String project = id;
    DownloadHandler handler =
        DownloadHandler.fromInputStream(
            event -> {
              Export file = services.annotations().export(project, format, who);
              return new DownloadResponse(
                  Files.newInputStream(file.path(), StandardOpenOption.DELETE_ON_CLOSE),
                  file.fileName(),
                  file.mediaType(),
                  Files.size(file.path()));
            });
    return new Anchor(
        handler, AttachmentType.DOWNLOAD, "Export " + format.toUpperCase(java.util.Locale.ROOT));
  }

  private void showReview() {
    Caller who = People.annotator();
    load(
        review,
        s -> new Open(s.annotations().get(id), s.annotations().review(id, who)),
        this::showReview);
  }

  /** What waits for a reviewer. */
  private record Open(Detail detail, List<ItemState> items) {}

  private void showReview(Open open) {
    review.add(new H3("To review"));
    if (open.items().isEmpty()) {
      review.add(
          EmptyState.of("Nothing to review", "No item is flagged, and nowhere do people differ."));
    }
    open.items().stream().limit(100).forEach(i -> review.add(card(open.detail(), i)));
  }

  private Div card(Detail detail, ItemState item) {
    Paragraph text = new Paragraph(item.item().text());
    text.addClassName("md-text");
    Div said = new Div();
    said.addClassNames("md-row", "md-small", "md-muted");
    for (Answer a : item.answers()) {
      Double score = a.score();
      said.add(
          Words.span(
              a.by()
                  + ": "
                  + (score == null ? "cannot judge" : score)
                  + (a.comment().isEmpty() ? "" : " (" + a.comment() + ")")
                  + (a.counted() ? "" : ", kept aside")));
    }
    item.flags().forEach(f -> said.add(Words.span("flagged by " + f.by() + ": " + f.comment())));
    Div row = new Div();
    row.addClassName("md-row");
    int steps = detail.design().steps();
    for (int k = 0; k <= steps; k++) {
      row.add(
          word(item, steps == 1 ? (k == 0 ? "bad" : "good") : k + "/" + steps, (double) k / steps));
    }
    row.add(word(item, "cannot be judged", null));
    Div card = new Div(text, said, row);
    card.addClassName("md-stack");
    return card;
  }

  private Button word(ItemState item, String text, @Nullable Double score) {
    Caller who = People.annotator();
    Button button =
        new Button(
            text,
            e ->
                load(
                    review,
                    s -> {
                      s.annotations()
                          .adjudicate(
                              id, item.item().id(), new NewAnswer(score, null, null, null), who);
                      return new Open(s.annotations().get(id), s.annotations().review(id, who));
                    },
                    this::showReview));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }
}
