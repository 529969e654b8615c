package io.modeldiff.web.ui.part;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import com.vaadin.flow.shared.Registration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text's tokens, coloured by a signed measure: model 1's colour below zero, white at zero, model
 * 2's above. Arrow keys walk, Enter pins.
 */
@Tag("md-tokens")
@JavaScript("context://md/tokens.js")
public final class TokenStrip extends Component {
  private static final long serialVersionUID = 1L;
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * @param hoverGroup shared with the charts over the same tokens
   */
  public TokenStrip(String hoverGroup) {
    getElement().setAttribute("hover-group", hoverGroup);
    getElement().setAttribute("role", "toolbar");
    getElement().setAttribute("aria-label", "Tokens; arrow keys walk, Enter pins a card");
  }

  /**
   * One token.
   *
   * @param text as a reader sees it
   * @param value of the measure, null where unscored
   * @param title tooltip
   */
  public record Cell(String text, @Nullable Double value, String title) {}

  private record Data(List<Cell> tokens, double span, boolean neutral) {}

  /**
   * Shows tokens.
   *
   * @param span the magnitude that gets the full colour
   * @param neutral whether values favour neither model
   */
  public void show(List<Cell> cells, double span, boolean neutral) {
    getElement().setProperty("data", json(new Data(cells, span, neutral)));
  }

  /** Marks tokens that have a card. */
  public void setPinned(Collection<Integer> indices) {
    getElement().setProperty("pinned", json(indices));
  }

  /** Calls back when a token is clicked or Enter is pressed on it. */
  public Registration addPinListener(ComponentEventListener<PinEvent> listener) {
    return addListener(PinEvent.class, listener);
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cells must be JSON values", e);
    }
  }

  /** A token was clicked. */
  @DomEvent("md-pin")
  public static class PinEvent extends ComponentEvent<TokenStrip> {
    private static final long serialVersionUID = 1L;
    private final int index;

    public PinEvent(
        TokenStrip source, boolean fromClient, @EventData("event.detail.index") int index) {
      super(source, fromClient);
      this.index = index;
    }

    /** Index of the token. */
    public int index() {
      return index;
    }
  }
}
