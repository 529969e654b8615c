package io.modeldiff.web.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.access.AccessDeniedException;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.service.Subscription;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page: a title, a sentence, and parts that are loaded in the background. */
public abstract class Page extends Div {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Page.class);

  private final transient List<Subscription> subscriptions = new ArrayList<>();

  protected Page(String title, String sentence) {
    addClassName("md-page");
    Div head = new Div(new H2(title));
    if (!sentence.isEmpty()) {
      head.add(new Paragraph(sentence));
    }
    head.addClassName("md-page-head");
    add(head);
  }

  /** The platform's services. */
  protected static Services services() {
    return Session.services();
  }

  /**
   * Shows a placeholder in {@code place}, computes in the background, then fills the place; a
   * failure is shown there as a sentence.
   */
  protected static <T> void load(Div place, Function<Services, T> compute, Consumer<T> show) {
    UI ui = UI.getCurrent();
    Services services = services();
    if (place.getElement().getChildCount() == 0) {
      place.add(skeleton());
    }
    services
        .background()
        .execute(
            () -> {
              try {
                T value = compute.apply(services);
                inUi(ui, () -> refill(place, () -> show.accept(value)));
              } catch (RuntimeException e) {
                inUi(ui, () -> refill(place, () -> place.add(EmptyState.failed(sentence(e)))));
              }
            });
  }

  private static void refill(Div place, Runnable fill) {
    place.removeAll();
    fill.run();
  }

  /** Runs in the page of {@code ui}, unless it was closed meanwhile. */
  protected static void inUi(UI ui, Runnable change) {
    if (ui.isAttached()) {
      ui.access(change::run);
    }
  }

  /** What a person should read about a failure. */
  static String sentence(Throwable e) {
    if (e instanceof UserException
        || e instanceof NotFoundException
        || e instanceof AccessDeniedException) {
      return String.valueOf(e.getMessage());
    }
    LOG.error("a page could not be shown", e);
    return "The platform failed to answer; its log says why. Reload the page to try again.";
  }

  private static Component skeleton() {
    Div skeleton = new Div();
    skeleton.addClassName("md-skeleton");
    skeleton.getElement().setAttribute("role", "status");
    skeleton.getElement().setAttribute("aria-label", "Loading");
    return skeleton;
  }

  /** Ends the subscription when the page is left. */
  protected void keep(Subscription subscription) {
    subscriptions.add(subscription);
  }

  @Override
  protected void onDetach(DetachEvent event) {
    subscriptions.forEach(Subscription::close);
    subscriptions.clear();
    super.onDetach(event);
  }
}
