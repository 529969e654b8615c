package io.modeldiff.web.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.access.AccessDeniedException;
import io.modeldiff.web.service.NotFoundException;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.service.Subscription;
import io.modeldiff.web.ui.part.EmptyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page: a title, a sentence, and parts that are loaded in the background. */
public abstract class Page extends Div {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Page.class);

  /** Id of the element that holds what a page shows. */
  static final String CONTENT = "content";

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(40);
  private static final String BUSY = "aria-busy";
  private static final String LATEST = "md-latest-request";

  private final transient List<Subscription> subscriptions = new ArrayList<>();
  private final H2 heading;
  private volatile boolean left;

  protected Page(String title, String sentence) {
    addClassName("md-page");
    setId(CONTENT);
    getElement().setAttribute("role", "main");
    getElement().setAttribute("tabindex", "-1");
    heading = new H2(title);
    Div head = new Div(heading);
    if (!sentence.isEmpty()) {
      head.add(new Paragraph(sentence));
    }
    head.addClassName("md-page-head");
    add(head);
  }

  /** Puts what the page is about into its heading. */
  protected void title(String title) {
    heading.setText(title);
  }

  /** The platform's services. */
  protected static Services services() {
    return Session.services();
  }

  /**
   * Shows a placeholder in {@code place}, or marks what is there as about to change, computes in
   * the background, then fills the place; a failure is shown there as a sentence, and what may pass
   * by itself is tried again. What was asked for a place before is not shown any more: answers may
   * overtake each other.
   */
  protected static <T> void load(Div place, Function<Services, T> compute, Consumer<T> show) {
    load(place, compute, show, FIRST_PAUSE);
  }

  private static <T> void load(
      Div place, Function<Services, T> compute, Consumer<T> show, Duration pause) {
    UI ui = UI.getCurrent();
    if (place.getElement().getChildCount() == 0) {
      place.add(skeleton());
    }
    place.getElement().setAttribute(BUSY, "true");
    Object request = new Object();
    ComponentUtil.setData(place, LATEST, request);
    inBackground(
        ui,
        compute,
        value -> refill(place, request, () -> show.accept(value)),
        e -> inUi(ui, () -> refill(place, request, () -> failed(place, compute, show, pause, e))));
  }

  // A store that is away comes back: whoever left the page open sees it without doing anything.
  private static <T> void failed(
      Div place,
      Function<Services, T> compute,
      Consumer<T> show,
      Duration pause,
      RuntimeException e) {
    if (isFinal(e)) {
      place.add(EmptyState.failed(sentence(e)));
      return;
    }
    Runnable again =
        () -> {
          place.removeAll();
          load(
              place,
              compute,
              show,
              pause.compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : pause);
        };
    Component notice =
        EmptyState.failed(sentence(e), new Button("Try again", click -> again.run()));
    place.add(notice);
    UI ui = UI.getCurrent();
    later(services(), pause, () -> inUi(ui, () -> stillThere(notice, again)));
  }

  /** Runs in the background when some time has passed. */
  protected static void later(Services services, Duration pause, Runnable task) {
    CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, services.background())
        .execute(task);
  }

  private static void stillThere(Component notice, Runnable again) {
    if (notice.isAttached()) {
      again.run();
    }
  }

  /** Computes in the background, then shows; a failure leaves what is shown. */
  protected static <T> void renew(Function<Services, T> compute, Consumer<T> show) {
    inBackground(UI.getCurrent(), compute, show, Page::warn);
  }

  private static <T> void inBackground(
      UI ui, Function<Services, T> compute, Consumer<T> show, Consumer<RuntimeException> failed) {
    Services services = services();
    services
        .background()
        .execute(
            () -> {
              try {
                T value = compute.apply(services);
                inUi(ui, () -> show.accept(value));
              } catch (RuntimeException e) {
                failed.accept(e);
              }
            });
  }

  /**
   * The same as {@link #load}, and again whenever it turns out to be different, until the page is
   * left.
   */
  protected <T> void follow(Div place, Function<Services, T> compute, Consumer<T> show) {
    follow(place, compute, value -> value, show);
  }

  /**
   * The same, so that nobody has to reload a page.
   *
   * @param key what has to differ for {@code show} to be called again
   */
  protected <T> void follow(
      Div place, Function<Services, T> compute, Function<T, Object> key, Consumer<T> show) {
    UI ui = UI.getCurrent();
    Services services = services();
    load(
        place,
        compute,
        value -> {
          show.accept(value);
          lookAgain(ui, services, compute, key, value, show);
        });
  }

  private <T> void lookAgain(
      UI ui,
      Services services,
      Function<Services, T> compute,
      Function<T, Object> key,
      T last,
      Consumer<T> show) {
    later(
        services,
        LOOK,
        () -> {
          if (left || !ui.isAttached()) {
            return;
          }
          T now = newsOr(last, services, compute);
          if (!key.apply(now).equals(key.apply(last))) {
            inUi(ui, () -> show.accept(now));
          }
          lookAgain(ui, services, compute, key, now, show);
        });
  }

  // A look that fails leaves what was seen before: the next one may succeed.
  private static <T> T newsOr(T last, Services services, Function<Services, T> compute) {
    try {
      return compute.apply(services);
    } catch (RuntimeException e) {
      warn(e);
      return last;
    }
  }

  private static void warn(RuntimeException e) {
    LOG.warn("a page could not be brought up to date: {}", e.getMessage());
  }

  private static void refill(Div place, Object request, Runnable fill) {
    if (ComponentUtil.getData(place, LATEST) == request) {
      place.getElement().removeAttribute(BUSY);
      place.removeAll();
      fill.run();
    }
  }

  /** Runs in the page of {@code ui}, unless it was closed meanwhile. */
  protected static void inUi(UI ui, Runnable change) {
    if (ui.isAttached()) {
      ui.access(change::run);
    }
  }

  /** What a person should read about a failure. */
  static String sentence(Throwable e) {
    if (isForPeople(e)) {
      return String.valueOf(e.getMessage());
    }
    LOG.error("a page could not be shown", e);
    return "The platform failed to answer; its log says why.";
  }

  private static boolean isFinal(Throwable e) {
    return isForPeople(e)
        && !(e instanceof UserException user && user.exitCode() == UserException.FAILED);
  }

  private static boolean isForPeople(Throwable e) {
    return e instanceof UserException
        || e instanceof NotFoundException
        || e instanceof AccessDeniedException;
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

  /** Ends all subscriptions, before what they filled is shown anew. */
  protected void release() {
    subscriptions.forEach(Subscription::close);
    subscriptions.clear();
  }

  @Override
  protected void onDetach(DetachEvent event) {
    left = true;
    release();
    super.onDetach(event);
  }
}
