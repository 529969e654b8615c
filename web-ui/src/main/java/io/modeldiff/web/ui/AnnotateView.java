package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.AnnotationService.Detail;
import io.modeldiff.web.service.AnnotationService.NewAnswer;
import io.modeldiff.web.service.AnnotationService.Next;
import io.modeldiff.web.service.AnnotationService.Progress;
import io.modeldiff.web.service.AnnotationService.Revealed;
import io.modeldiff.web.service.AnnotationService.Shown;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One item at a time, scored from the keyboard. */
@Route(value = "annotate/:id", layout = MainLayout.class)
@Needs(Permission.ANNOTATE)
public class AnnotateView extends Page implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1L;
  private static final int MOST_KEYS = 9;

  // Keys are for the item unless somebody types; a held key is one press.
  private static final String KEYS =
      "const v=this;const on=e=>{if(!v.isConnected){removeEventListener('keydown',on);return}"
          + "if(e.repeat||e.ctrlKey||e.metaKey||e.altKey)return;const"
          + " t=e.composedPath()[0];if(/^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName))return;"
          + "if(/^[0-9csuf]$/i.test(e.key)){e.preventDefault();v.$server.key(e.key.toLowerCase())}};"
          + "addEventListener('keydown',on)";
  private static final String EVERY =
      "const v=this;clearInterval(v.mdTimer);v.mdTimer=setInterval(()=>{"
          + "if(!v.isConnected)clearInterval(v.mdTimer);else v.$server.still()},$0)";

  private final Div person = new Div();
  private final Div place = new Div();
  private final Div saved = new Div();
  private final Div message = new Div();
  private final ProgressBar bar = new ProgressBar(0, 1);
  private final Span progress = new Span();
  private final TextField comment = new TextField("Comment (optional)");
  private String id = "";
  private transient @Nullable Detail project;
  private transient @Nullable Shown item;
  private String requestId = "";
  private boolean waiting;

  public AnnotateView() {
    super("Annotate", "");
    message.setId("message");
    message.getElement().setAttribute("role", "status");
    progress.setId("progress");
    progress.addClassNames("md-muted", "md-small");
    saved.setId("saved");
    saved.getElement().setAttribute("aria-live", "polite");
    comment.setId("comment");
    comment.setWidthFull();
    Div page = new Div(person, new Div(bar, progress), place, message, saved);
    page.addClassName("md-stack");
    add(page);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    id = event.getRouteParameters().get("id").orElse("");
    event.getLocation().getQueryParameters().getSingleParameter("as").ifPresent(this::choose);
  }

  @Override
  public String getPageTitle() {
    return "Annotate · Model-diff";
  }

  @Override
  protected void onAttach(AttachEvent event) {
    showPerson();
    UI ui = event.getUI();
    load(
        place,
        s -> s.annotations().get(id),
        detail -> {
          project = detail;
          showProgress(detail.progress());
          keep(services().annotations().watch(id, news -> inUi(ui, () -> showProgress(news))));
          getElement().executeJs(KEYS);
          // A lease is renewed well before it ends; a tab that is gone renews nothing.
          getElement().executeJs(EVERY, Math.max(500, detail.design().leaseSeconds() * 1000 / 3));
          next();
        });
  }

  private void choose(String name) {
    try {
      People.choose(name);
    } catch (UserException e) {
      message.removeAll();
      message.add(EmptyState.failed(sentence(e)));
    }
  }

  /** Without logins, everybody says who they are. */
  private void showPerson() {
    person.removeAll();
    Caller who = People.annotator();
    if (!services().access().singleUser()) {
      person.add(Words.span("You annotate as " + who.name() + ".", "md-muted", "md-small"));
      return;
    }
    TextField name = new TextField("Your name");
    name.setId("annotator");
    name.setValue(who.name());
    Button use =
        new Button(
            "Use this name",
            e -> {
              choose(name.getValue().strip());
              showPerson();
              next();
            });
    use.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    Div row =
        new Div(
            name,
            use,
            Words.span(
                "This platform has no logins: your answers are kept under this name, and everybody"
                    + " at this machine may use any name.",
                "md-muted",
                "md-small"));
    row.addClassNames("md-row", "md-end");
    person.add(row);
  }

  private void showProgress(Progress news) {
    bar.setValue(news.wanted() == 0 ? 0 : Math.min(1, (double) news.answers() / news.wanted()));
    int own = news.people().getOrDefault(People.annotator().name(), 0);
    progress.setText(
        String.format(
            "%,d of %,d answers by %d %s, %,d of them yours; %,d of %,d items complete",
            news.answers(),
            news.wanted(),
            news.people().size(),
            news.people().size() == 1 ? "person" : "people",
            own,
            news.complete(),
            news.items()));
    if (waiting) {
      next();
    }
  }

  private void next() {
    ask(s -> s.annotations().next(id, People.annotator()), this::show);
  }

  /** Short calls are made at once, so that key after key comes in order. */
  private <T> void ask(Function<Services, T> call, Consumer<T> then) {
    message.removeAll();
    try {
      then.accept(call.apply(services()));
    } catch (RuntimeException e) {
      message.add(EmptyState.failed(sentence(e)));
    }
  }

  private void show(Next next) {
    item = next.item();
    waiting = next.state().equals("waiting");
    place.removeAll();
    Shown shown = item;
    if (shown != null) {
      requestId = UUID.randomUUID().toString();
      place.add(card(shown));
    } else if (waiting) {
      place.add(
          EmptyState.of(
              "Others have the rest just now",
              next.held()
                  + " items wait for answers, and other people hold them. This page goes on by"
                  + " itself as soon as one is free"
                  + (next.retryAt() == null ? "." : ", at the latest " + time(next) + ".")));
    } else {
      place.add(
          EmptyState.of(
              "Nothing is left for you",
              "You answered "
                  + Numbers.whole(next.answered())
                  + " items; every other one has all its answers.",
              new Anchor("annotation/" + id, "See the results")));
    }
  }

  private static String time(Next next) {
    return next.retryAt() == null ? "" : Numbers.time(next.retryAt());
  }

  private Div card(Shown shown) {
    Div card = new Div();
    card.addClassNames("md-card", "md-stack");
    card.setId("item");
    card.getElement().setAttribute("data-item", shown.id());
    Paragraph text = new Paragraph(shown.text());
    text.setId("item-text");
    text.addClassName("md-text");
    text.getStyle().set("font-size", "1.6rem").set("white-space", "pre-wrap");
    Double d = shown.difference();
    Div facts = new Div();
    if (d != null) {
      facts.add(Words.span(String.format("D = %+.3f nats/token", d), "md-muted", "md-small"));
    }
    if (shown.skippedBefore()) {
      facts.add(Words.span("You skipped it before; nothing else is left.", "md-muted", "md-small"));
    }
    if (shown.before() != null) {
      Double score = shown.before().score();
      facts.add(
          Words.span(
              "Taken back: " + (score == null ? "cannot judge" : "score " + score) + ".",
              "md-muted",
              "md-small"));
      comment.setValue(shown.before().comment());
    } else {
      comment.clear();
    }
    card.add(guidelines(), text, facts, buttons(), comment);
    return card;
  }

  private Details guidelines() {
    Detail known = known();
    Paragraph text = new Paragraph(known.guidelines());
    text.getStyle().set("white-space", "pre-wrap");
    Details details = new Details("Guidelines, version " + known.guidelinesVersion(), text);
    details.setOpened(true);
    return details;
  }

  private Div buttons() {
    Div row = new Div();
    row.addClassName("md-row");
    int steps = known().design().steps();
    for (int k = 0; k <= steps; k++) {
      double score = (double) k / steps;
      String word = steps == 1 ? (k == 0 ? "bad" : "good") : Numbers.significant(score, 2);
      Button button = action(k <= MOST_KEYS ? "" + k : "", word, "score-" + k, () -> answer(score));
      button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      row.add(button);
    }
    row.add(
        action("C", "Cannot judge", "cannot-judge", () -> answer(null)),
        action("S", "Skip", "skip", this::skip),
        action("F", "Flag", "flag", this::flag),
        action("U", "Undo", "undo", this::undo));
    return row;
  }

  /** A button that shows its key; empty for none. */
  private static Button action(String key, String text, String id, Runnable run) {
    Button button = new Button(text, e -> run.run());
    if (!key.isEmpty()) {
      button.setIcon(Words.span(key, "md-key"));
    }
    button.setId(id);
    return button;
  }

  private Detail known() {
    Detail known = project;
    if (known == null) {
      throw new IllegalStateException("an item was shown before its project");
    }
    return known;
  }

  /** A key of the keyboard. */
  @ClientCallable
  void key(String key) {
    Detail known = project;
    if (known == null) {
      return;
    }
    switch (key) {
      case "c" -> answer(null);
      case "s" -> skip();
      case "u" -> undo();
      case "f" -> flag();
      default -> {
        int k = Integer.parseInt(key);
        if (k <= known.design().steps()) {
          answer((double) k / known.design().steps());
        }
      }
    }
  }

  /** The page is still there: keeps the item, or asks for one. */
  @ClientCallable
  void still() {
    Shown held = item;
    if (held != null) {
      ask(
          s -> {
            s.annotations().renew(id, held.id(), People.annotator());
            return held;
          },
          renewed -> {});
    } else if (waiting) {
      next();
    }
  }

  private void answer(@Nullable Double score) {
    Shown held = item;
    if (held == null) {
      return;
    }
    NewAnswer answer =
        new NewAnswer(score, comment.getValue(), held.guidelinesVersion(), requestId);
    ask(
        s -> s.annotations().answer(id, held.id(), answer, People.annotator()),
        stored -> {
          boolean late = stored.answer() != null && stored.answer().late();
          showSaved(
              (score == null ? "Saved: cannot judge." : "Saved: " + Numbers.significant(score, 2))
                  + (late ? " (late: it is marked so)" : ""),
              held.id());
          next();
        });
  }

  private void showSaved(String text, String answered) {
    saved.removeAll();
    Div row = new Div(Words.span(text, "md-small"));
    row.addClassName("md-row");
    ask(
        s -> s.annotations().reveal(id, answered, People.annotator()),
        found -> {
          if (found.a() != null && found.b() != null) {
            row.add(new Anchor(microscope(found), "Look at it in the microscope"));
          }
        });
    saved.add(row);
  }

  private String microscope(Revealed found) {
    QueryParameters query =
        QueryParameters.simple(
            Map.of(
                "a", String.valueOf(found.a()),
                "b", String.valueOf(found.b()),
                "ids", found.ids().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                "back", "annotate/" + id));
    return "lmdiff?" + query.getQueryString();
  }

  private void skip() {
    Shown held = item;
    if (held != null) {
      ask(
          s -> {
            s.annotations().skip(id, held.id(), requestId, People.annotator());
            return held;
          },
          done -> next());
    }
  }

  private void flag() {
    Shown held = item;
    if (held != null) {
      ask(
          s -> {
            s.annotations().flag(id, held.id(), comment.getValue(), null, People.annotator());
            return held;
          },
          done -> message.add(Words.span("Flagged for a reviewer.", "md-small")));
    }
  }

  private void undo() {
    ask(
        s -> s.annotations().undo(id, UUID.randomUUID().toString(), People.annotator()),
        back -> {
          saved.removeAll();
          show(back);
        });
  }
}
