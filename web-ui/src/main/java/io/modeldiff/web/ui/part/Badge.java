package io.modeldiff.web.ui.part;

import com.vaadin.flow.component.html.Span;
import io.modeldiff.web.service.Phase;

/** A word with a coloured dot. */
public final class Badge {
  private Badge() {}

  /** The phase of long work. */
  public static Span of(Phase phase) {
    String state =
        switch (phase) {
          case DONE -> "good";
          case PILOT, ADAPTING, RUNNING, SCORING -> "live";
          case PENDING, PAUSED, CANCELLED -> "warn";
          case FAILED -> "bad";
        };
    return of(phase.word(), state);
  }

  /** Good or not. */
  public static Span of(String word, boolean good) {
    return of(word, good ? "good" : "bad");
  }

  private static Span of(String word, String state) {
    Span badge = new Span(word);
    badge.addClassName("md-badge");
    badge.getElement().setAttribute("data-state", state);
    return badge;
  }
}
