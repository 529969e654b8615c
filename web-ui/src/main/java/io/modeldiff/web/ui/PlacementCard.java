package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.InstanceService.Placed;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.ui.part.Topic;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a text's D is usual or rare among the inputs of the comparisons of its two models. */
final class PlacementCard extends Div {
  private static final long serialVersionUID = 1L;

  PlacementCard(List<Placed> placements) {
    addClassName("md-card");
    setId("placements");
    Div head = new Div(new H3("Among the inputs of comparisons"), new Help(Topic.D));
    head.addClassName("md-panel-head");
    UnorderedList list = new UnorderedList();
    list.addClassNames("md-checks", "md-small");
    placements.forEach(p -> list.add(item(p)));
    add(head, list);
  }

  private static ListItem item(Placed p) {
    ListItem item = new ListItem();
    item.add(
        new Anchor("comparison/" + p.comparison(), p.a() + " against " + p.b()),
        Words.span(
            String.format(Locale.ENGLISH, " over %d tokens, D = %+.3f: ", p.length(), p.d())
                + share(p.belowA(), p.a())
                + "; "
                + share(p.belowB(), p.b())
                + "."));
    return item;
  }

  private static String share(@Nullable Double below, String model) {
    return below == null
        ? "no input of " + model + " was sampled"
        : Numbers.percent(below) + " of the inputs that " + model + " finds have a smaller D";
  }
}
