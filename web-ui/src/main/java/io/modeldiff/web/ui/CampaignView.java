package io.modeldiff.web.ui;

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
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.core.work.Throttled;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.CampaignService.Detail;
import io.modeldiff.web.service.CampaignService.HistoryEntry;
import io.modeldiff.web.service.CampaignService.Rung;
import io.modeldiff.web.service.CampaignService.Summary;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.Badge;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.ui.part.Tile;
import io.modeldiff.web.ui.part.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One campaign: where it stands, whether to trust it, and what it did. */
@Route(value = "campaign/:id", layout = MainLayout.class)
public class CampaignView extends Page implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1L;
  // Each page that draws its charts anew, or shows a piece of news, takes a little from sampling.
  private static final long REFRESH_NANOS = Duration.ofSeconds(15).toNanos();
  private static final Duration SHOW_EVERY = Duration.ofMillis(900);

  private final Div state = new Div();
  private final Div figures = new Div();
  private final CampaignCharts charts = new CampaignCharts();
  private final Div past = new Div();
  private String id = "";
  private final Div facts = new Div();
  private final ProgressBar bar = new ProgressBar(0, 1);
  private final Span pace = Words.span("", "md-muted", "md-small");
  private final Div controls = new Div();
  private long shownAt;
  private @Nullable Phase phase;
  private @Nullable Long budget;
  // What the charts show now: the platform hands out one reading to everybody until it reads again.
  private transient @Nullable List<Rung> drawn;
  private transient @Nullable List<HistoryEntry> told;

  public CampaignView() {
    super("Campaign", "");
    state.addClassNames("md-card", "md-stack");
    state.setVisible(false);
    facts.addClassName("md-row");
    controls.addClassName("md-row");
    state.add(facts, bar, pace, controls);
    figures.addClassName("md-section");
    charts.setVisible(false);
    past.addClassNames("md-card", "md-section");
    past.setId("history");
    past.setVisible(false);
    add(state, figures, charts, past);
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
        figures,
        s -> s.campaigns().get(id),
        detail -> {
          show(detail);
          Throttled<Summary> heard = throttled(ui);
          keep(
              services()
                  .campaigns()
                  .watch(id, news -> heard.offer(id, List.of(news.phase(), news.health()), news)));
        });
  }

  private Throttled<Summary> throttled(UI ui) {
    Services services = services();
    return new Throttled<>(
        SHOW_EVERY,
        news -> inUi(ui, () -> progressed(news)),
        (delay, show) -> later(services, delay, show));
  }

  private void progressed(Summary news) {
    boolean changed = news.phase() != phase;
    showState(news);
    if (changed) {
      load(figures, s -> s.campaigns().get(id), this::show);
    } else if (System.nanoTime() - shownAt > REFRESH_NANOS && !news.phase().isOver()) {
      shownAt = System.nanoTime();
      renew(s -> s.campaigns().get(id), this::showNews);
    }
  }

  // Called for every round of everybody's page: touches only what has changed.
  private void showState(Summary summary) {
    if (summary.phase() != phase || !Objects.equals(summary.budget(), budget)) {
      phase = summary.phase();
      budget = summary.budget();
      title("Campaign of " + summary.model());
      state.setVisible(true);
      facts.removeAll();
      facts.add(
          new H3(summary.model()),
          Badge.of(summary.phase()),
          Words.span(Words.space(summary.space()), "md-muted", "md-small"));
      controls.removeAll();
      if (Session.caller().filter(c -> c.may(Permission.OPERATE)).isPresent()) {
        addControls(summary);
      }
    }
    Double progress = summary.progress();
    bar.setValue(progress == null ? 0 : Math.min(1, Math.max(0, progress)));
    pace.setText(
        Words.pace(summary)
            + "; "
            + Numbers.whole(summary.round())
            + " rounds; "
            + summary.health());
  }

  private void addControls(Summary summary) {
    CampaignService campaigns = services().campaigns();
    boolean paused = summary.phase() == Phase.PAUSED || summary.phase() == Phase.FAILED;
    if (paused) {
      controls.add(control("Resume", who -> campaigns.resume(id, who)));
    } else if (!summary.phase().isOver()) {
      controls.add(control("Pause", who -> campaigns.pause(id, "", who)));
    }
    if (summary.phase() != Phase.CANCELLED) {
      Long now = summary.budget();
      long more = Math.max(1000, now == null ? 100_000 : now / 2);
      controls.add(
          control("Extend by " + Numbers.whole(more), who -> campaigns.extend(id, more, who)));
    }
    controls.add(
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
      controls.add(cancel);
    }
  }

  private static Button control(String text, Consumer<Caller> action) {
    Button button = new Button(text, e -> action.accept(Session.requireCaller()));
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

  private void showNews(Detail detail) {
    if (detail.rungs() != drawn) {
      show(detail);
    }
  }

  private void show(Detail detail) {
    shownAt = System.nanoTime();
    showState(detail.summary());
    figures.removeAll();
    figures.add(tiles(detail), convergence(detail));
    drawn = detail.rungs();
    charts.setVisible(true);
    charts.show(detail);
    if (!detail.history().equals(told)) {
      told = detail.history();
      past.setVisible(true);
      past.removeAll();
      past.add(history(told));
    }
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
    double fewest = smallest(detail, Rung::bulkEss);
    double fewestTail = smallest(detail, Rung::tailEss);
    Div tiles =
        new Div(
            new Tile("Worst R̂", Topic.CONVERGENCE)
                .show(
                    Double.isNaN(worst) ? "too early" : Numbers.significant(worst, 4),
                    "must be below 1.05 at every rung"),
            new Tile("Fewest effective samples", Topic.ESS)
                .show(
                    Double.isNaN(fewest) ? "too early" : Numbers.whole(Math.round(fewest)),
                    Double.isNaN(fewest)
                        ? "of the energy, at the worst rung"
                        : "of the energy, at the worst rung; in its tails "
                            + Numbers.whole(Math.round(fewestTail))),
            new Tile("Barrier Λ", Topic.LADDER)
                .show(
                    barrier == null ? "no swaps yet" : Numbers.significant(barrier, 3),
                    detail.ladder().size() + " rungs"),
            new Tile("Round trips", Topic.LADDER)
                .show(Numbers.whole(detail.roundTrips()), "of lane 1, first rung to last and back"),
            throughput(detail));
    tiles.addClassNames("md-tiles", "md-odd");
    return tiles;
  }

  private static double smallest(Detail detail, Function<Rung, @Nullable Double> of) {
    return detail.rungs().stream()
        .map(of)
        .filter(Objects::nonNull)
        .mapToDouble(v -> v)
        .min()
        .orElse(Double.NaN);
  }

  private static Tile throughput(Detail detail) {
    Double rate = detail.summary().evaluationsPerSecond();
    return new Tile("Throughput", Topic.EVALUATIONS)
        .show(
            rate == null ? "stands still" : Numbers.significant(rate, 3) + " evaluations/s",
            rate == null || detail.workers().isEmpty()
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
            (passed == null ? "Not checked yet: " : passed ? "✓ " : "✗ ")
                + Words.symbols(check.sentence()));
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

  private static Component history(List<HistoryEntry> entries) {
    return new DataTable(
            List.of("when", "who", "what", "why"),
            entries.stream()
                .map(e -> List.of(Numbers.time(e.at()), e.who(), e.what(), e.why()))
                .toList())
        .render("History of who did what");
  }
}
