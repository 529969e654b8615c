package io.modeldiff.web.ui;

import static io.modeldiff.web.ui.part.Options.of;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.CampaignService.Detail;
import io.modeldiff.web.service.CampaignService.HistoryEntry;
import io.modeldiff.web.service.CampaignService.Rung;
import io.modeldiff.web.service.CampaignService.Series;
import io.modeldiff.web.service.CampaignService.Summary;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.ui.part.Badge;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.ui.part.Options;
import io.modeldiff.web.ui.part.Tile;
import io.modeldiff.web.ui.part.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One campaign: where it stands, whether to trust it, and what it did. */
@Route(value = "campaign/:id", layout = MainLayout.class)
public class CampaignView extends Page implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1L;
  private static final long REFRESH_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int SHOWN_PATHS = 6;

  private final Div state = new Div();
  private final Div place = new Div();
  private String id = "";
  private long shownAt;
  private @Nullable Phase phase;

  public CampaignView() {
    super("Campaign", "");
    state.addClassNames("md-card", "md-stack");
    place.addClassName("md-section");
    add(state, place);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    id = event.getRouteParameters().get("id").orElse("");
  }

  @Override
  public String getPageTitle() {
    return "Campaign " + id + " · Model-diff";
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    load(
        place,
        s -> s.campaigns().get(id),
        detail -> {
          show(detail);
          keep(services().campaigns().watch(id, news -> inUi(ui, () -> progressed(news))));
        });
  }

  private void progressed(Summary news) {
    boolean changed = news.phase() != phase;
    showState(news);
    boolean due = System.nanoTime() - shownAt > REFRESH_NANOS && !news.phase().isOver();
    if (changed || due) {
      shownAt = System.nanoTime();
      load(place, s -> s.campaigns().get(id), this::show);
    }
  }

  private void showState(Summary summary) {
    phase = summary.phase();
    state.removeAll();
    Div facts =
        new Div(
            new H3(summary.model()),
            Badge.of(summary.phase()),
            Words.span(Words.space(summary.space()), "md-muted", "md-small"));
    facts.addClassName("md-row");
    ProgressBar bar = new ProgressBar(0, 1);
    Double progress = summary.progress();
    bar.setValue(progress == null ? 0 : Math.min(1, Math.max(0, progress)));
    state.add(
        facts,
        bar,
        Words.span(
            Words.pace(summary)
                + "; "
                + Numbers.whole(summary.round())
                + " rounds; "
                + summary.health(),
            "md-muted",
            "md-small"));
    if (Session.caller().filter(c -> c.may(Permission.OPERATE)).isPresent()) {
      state.add(controls(summary));
    }
  }

  private Div controls(Summary summary) {
    CampaignService campaigns = services().campaigns();
    Div row = new Div();
    row.addClassName("md-row");
    boolean paused = summary.phase() == Phase.PAUSED || summary.phase() == Phase.FAILED;
    if (paused) {
      row.add(control("Resume", who -> campaigns.resume(id, who)));
    } else if (!summary.phase().isOver()) {
      row.add(control("Pause", who -> campaigns.pause(id, "", who)));
    }
    if (summary.phase() != Phase.CANCELLED) {
      Long budget = summary.budget();
      long more = Math.max(1000, budget == null ? 100_000 : budget / 2);
      row.add(control("Extend by " + Numbers.whole(more), who -> campaigns.extend(id, more, who)));
    }
    row.add(
        control(
            "Clone with another seed",
            who -> {
              String clone = campaigns.cloneOf(id, System.currentTimeMillis() % 1_000_000, who);
              UI.getCurrent().navigate("campaign/" + clone);
            }));
    if (!summary.phase().isOver()) {
      Button cancel = new Button("Cancel…", e -> askWhy());
      cancel.setId("cancel");
      cancel.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR);
      row.add(cancel);
    }
    return row;
  }

  private static Button control(String text, Consumer<Caller> action) {
    Button button =
        new Button(
            text,
            e -> {
              try {
                action.accept(Session.requireCaller());
              } catch (RuntimeException x) {
                Notification.show(sentence(x), 8000, Notification.Position.MIDDLE);
              }
            });
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void askWhy() {
    TextField reason = new TextField("Why?");
    reason.setWidthFull();
    reason.setId("reason");
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Cancel this campaign?");
    dialog.add(new Paragraph("It ends for good; what was sampled stays readable."), reason);
    dialog.setCancelable(true);
    dialog.setCancelText("Keep it");
    dialog.setConfirmText("Cancel it");
    dialog.addConfirmListener(
        e -> services().campaigns().cancel(id, reason.getValue(), Session.requireCaller()));
    dialog.open();
  }

  private void show(Detail detail) {
    shownAt = System.nanoTime();
    showState(detail.summary());
    place.removeAll();
    place.add(tiles(detail), convergence(detail));
    Div charts = new Div(rho(detail), ladder(detail), traces(detail), paths(detail));
    charts.addClassName("md-grid");
    place.add(charts, history(detail.history()));
  }

  private static Div tiles(Detail detail) {
    double worst =
        detail.rungs().stream()
            .map(Rung::rHat)
            .filter(r -> r != null)
            .mapToDouble(r -> r)
            .max()
            .orElse(Double.NaN);
    Double barrier = detail.lambda();
    Div tiles =
        new Div(
            new Tile("Worst R̂", Topic.CONVERGENCE)
                .show(
                    Double.isNaN(worst) ? "too early" : Numbers.significant(worst, 4),
                    "must be below 1.05 at every rung"),
            new Tile("Barrier Λ", Topic.LADDER)
                .show(
                    barrier == null ? "no swaps yet" : Numbers.significant(barrier, 3),
                    detail.ladder().size() + " rungs"),
            new Tile("Round trips", Topic.LADDER)
                .show(Numbers.whole(detail.roundTrips()), "of lane 1, first rung to last and back"),
            throughput(detail));
    tiles.addClassName("md-tiles");
    return tiles;
  }

  private static Tile throughput(Detail detail) {
    Double rate = detail.summary().evaluationsPerSecond();
    return new Tile("Throughput", Topic.EVALUATIONS)
        .show(
            rate == null ? "stands still" : Numbers.significant(rate, 3) + " evaluations/s",
            detail.workers().isEmpty()
                ? "nobody computes at present"
                : "by "
                    + detail.workers().stream()
                        .map(CampaignService.Worker::name)
                        .collect(Collectors.joining(", ")));
  }

  private static ListItem check(CampaignService.Check check) {
    Boolean passed = check.passed();
    ListItem item =
        new ListItem(
            (passed == null ? "Not checked yet: " : passed ? "✓ " : "✗ ") + check.sentence());
    item.addClassName(passed == null ? "md-muted" : passed ? "md-passed" : "md-error");
    return item;
  }

  private static Div convergence(Detail detail) {
    Boolean converged = detail.convergence().converged();
    Div head = new Div(new H3("Convergence"), new Help(Topic.CONVERGENCE));
    if (converged != null) {
      head.add(Badge.of(converged ? "converged" : "not converged", converged));
    }
    head.addClassName("md-panel-head");
    UnorderedList checks = new UnorderedList();
    checks.addClassName("md-checks");
    detail.convergence().checks().forEach(c -> checks.add(check(c)));
    Div card = new Div(head, new Paragraph(detail.convergence().verdict()), checks);
    card.setId("verdict");
    card.addClassName("md-card");
    card.getStyle().set("margin-bottom", "1rem");
    return card;
  }

  private static ChartPanel rho(Detail detail) {
    ChartPanel panel = new ChartPanel("ρ(z) so far", Topic.RHO_Z, "18rem");
    if (detail.rhoZ() != null) {
      List<DifferenceChart.Line> lines =
          List.of(new DifferenceChart.Line(detail.summary().model(), detail.rhoZ(), "--md-a"));
      panel.show(
          DifferenceChart.option(
              lines,
              new DifferenceChart.Look(
                  "NLL z (nats/token)",
                  "Z",
                  true,
                  List.of(
                      detail.summary().space().range().low(),
                      detail.summary().space().range().high()),
                  null)),
          DifferenceChart.table("z (nats/token)", lines));
    } else {
      panel.show(
          waiting("appears with the first counted round"), new DataTable(List.of(), List.of()));
    }
    return panel;
  }

  private static Map<String, @Nullable Object> waiting(String text) {
    return of(
        "title",
        of(
            "text",
            text,
            "left",
            "center",
            "top",
            "middle",
            "textStyle",
            of("color", "--md-muted", "fontWeight", "normal", "fontSize", 14)));
  }

  private static ChartPanel ladder(Detail detail) {
    ChartPanel panel = new ChartPanel("Rejection of swaps per pair", Topic.LADDER, "18rem");
    List<String> pairs = new ArrayList<>();
    List<@Nullable Double> rejection = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (int k = 0; k < detail.rungs().size(); k++) {
      Rung rung = detail.rungs().get(k);
      if (k + 1 < detail.rungs().size()) {
        pairs.add(
            Numbers.significant(rung.beta(), 3)
                + " – "
                + Numbers.significant(detail.rungs().get(k + 1).beta(), 3));
        rejection.add(rung.swapRejection());
      }
      rows.add(
          List.of(
              Numbers.significant(rung.beta(), 5),
              text(rung.swapRejection()),
              text(rung.acceptance()),
              text(rung.rHat()),
              text(rung.bulkEss()),
              text(rung.tailEss()),
              text(rung.meanZ())));
    }
    panel.show(
        pairs.isEmpty()
            ? waiting("appears with the first swaps")
            : of(
                "grid", Options.grid(),
                "tooltip", of("trigger", "axis"),
                "xAxis",
                    of(
                        "type",
                        "category",
                        "data",
                        pairs,
                        "name",
                        "β of the pair",
                        "nameLocation",
                        "middle",
                        "nameGap",
                        30),
                "yAxis",
                    of(
                        "type",
                        "value",
                        "min",
                        0,
                        "max",
                        1,
                        "name",
                        "rejection",
                        "nameLocation",
                        "middle",
                        "nameGap",
                        40),
                "series",
                    List.of(
                        of(
                            "name",
                            "rejection",
                            "type",
                            "bar",
                            "itemStyle",
                            of("color", "--md-b"),
                            "data",
                            rejection))),
        new DataTable(
            List.of(
                "β",
                "swap rejection",
                "acceptance",
                "R̂",
                "bulk ESS",
                "tail ESS",
                "mean z (nats/token)"),
            rows));
    return panel;
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : Numbers.significant(value, 4);
  }

  private static ChartPanel traces(Detail detail) {
    return lines("NLL of one lane per rung", Topic.NLL, "z (nats/token)", detail.traces());
  }

  private static ChartPanel paths(Detail detail) {
    List<Series> few = detail.paths().stream().limit(SHOWN_PATHS).toList();
    return lines("Paths through the ladder", Topic.LADDER, "rung (0 = hottest)", few);
  }

  private static ChartPanel lines(String title, Topic topic, String yName, List<Series> all) {
    ChartPanel panel = new ChartPanel(title, topic, "18rem");
    List<Object> series = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Series s : all) {
      List<Object> data = new ArrayList<>();
      for (int i = 0; i < s.x().size(); i++) {
        data.add(List.of(s.x().get(i), s.y().get(i)));
        rows.add(List.of(s.name(), s.x().get(i).toString(), Numbers.significant(s.y().get(i), 5)));
      }
      series.add(
          of(
              "name",
              s.name(),
              "type",
              "line",
              "showSymbol",
              false,
              "lineStyle",
              of("width", 1),
              "data",
              data));
    }
    panel.show(
        rows.isEmpty()
            ? waiting("appears with the first counted round")
            : of(
                "grid", Options.grid(),
                "legend", of("top", 0, "type", "scroll"),
                "tooltip", of("trigger", "item"),
                "xAxis", Options.axis("round"),
                "yAxis",
                    of(
                        "type",
                        "value",
                        "name",
                        yName,
                        "nameLocation",
                        "middle",
                        "nameGap",
                        44,
                        "scale",
                        true),
                "series", series),
        new DataTable(List.of("series", "round", yName), rows));
    return panel;
  }

  private static Component history(List<HistoryEntry> entries) {
    DataTable table =
        new DataTable(
            List.of("when", "who", "what", "why"),
            entries.stream()
                .map(e -> List.of(Numbers.time(e.at()), e.who(), e.what(), e.why()))
                .toList());
    Div card = new Div(table.render("History of who did what"));
    card.addClassNames("md-card", "md-section");
    card.setId("history");
    return card;
  }
}
