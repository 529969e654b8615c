package io.modeldiff.web.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.result.inputs.InputPage;

/** Back and forth through pages of inputs, with how many there are. */
final class Paging extends Div {
  private static final long serialVersionUID = 1L;

  private final int size;
  private final Span where = new Span();
  private final Button back = new Button("Back");
  private final Button forth = new Button("More");
  private transient Runnable moved = () -> {};
  private int offset;

  Paging(int size) {
    this.size = size;
    addClassNames("md-row", "md-small");
    where.setId("shown");
    for (Button button : new Button[] {back, forth}) {
      button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
      button.setEnabled(false);
    }
    back.addClickListener(e -> move(-size));
    forth.addClickListener(e -> move(size));
    forth.setId("more");
    add(where, back, forth);
  }

  void onMove(Runnable listener) {
    moved = listener;
  }

  int offset() {
    return offset;
  }

  void restart() {
    offset = 0;
  }

  private void move(int by) {
    offset = Math.max(0, offset + by);
    moved.run();
  }

  void show(InputPage page) {
    int last = offset + page.inputs().size();
    where.setText(
        page.inputs().isEmpty()
            ? "none"
            : Numbers.whole(offset + 1L)
                + " to "
                + Numbers.whole(last)
                + " of "
                + Numbers.whole(page.total())
                + (page.searched() < page.within()
                    ? " (the first " + Numbers.whole(page.searched()) + " were searched)"
                    : ""));
    back.setEnabled(offset > 0);
    forth.setEnabled(last < page.total());
  }
}
