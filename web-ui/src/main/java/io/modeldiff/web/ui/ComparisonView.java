package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.ComparisonService.Density;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.service.Phase;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.EmptyState;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.ui.part.Slider;
import io.modeldiff.web.ui.part.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One comparison: how many inputs differ, by how much, and which. */
@Route(value = "comparison/:id", layout = MainLayout.class)
public class ComparisonView extends Page implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1L;
  private static final long REFRESH_NANOS = Duration.ofSeconds(10).toNanos();

  private final Div place = new Div();
  private final Div progress = new Div();
  private final Div tiles = new Div();
  private final InputsSection inputs = new InputsSection();
  private final ResultCharts charts = new ResultCharts();
  private final ChartPanel differences =
      new ChartPanel("ρ(D): inputs by prediction difference", Topic.RHO_D, "26rem");
  private final NumberField rangeFrom = rangeEnd("D from", "range-from");
  private final NumberField rangeTo = rangeEnd("D to", "range-to");
  private String id = "";
  private transient ComparisonState state = new ComparisonState(null, null, true, "pooled", "AB");
  private @Nullable ComparisonHead head;
  private transient @Nullable Summary summary;
  private transient @Nullable ComparisonDocument result;
  private boolean loaded;
  private long shownAt;

  private record Loaded(Summary summary, @Nullable ComparisonDocument result) {}

  private record Grown(ComparisonDocument result, Density density) {}

  public ComparisonView() {
    super("Comparison", "");
    progress.setId("progress");
    progress.addClassName("md-under-way");
    add(progress, place);
    differences
        .chart()
        .addRangeListener(
            e ->
                choose(
                    state.withRange(e.from() < e.to() ? new double[] {e.from(), e.to()} : null)));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    id = event.getRouteParameters().get("id").orElse("");
    state = ComparisonState.from(event.getLocation());
  }

  @Override
  public String getPageTitle() {
    return "Comparison " + id + " · Model-diff";
  }

  @Override
  protected void onAttach(AttachEvent event) {
    reload();
  }

  // News of a comparison that does not exist would never come: it is read first.
  private void follow() {
    getUI()
        .ifPresent(
            ui ->
                keep(services().comparisons().watch(id, news -> inUi(ui, () -> progressed(news)))));
  }

  private void progressed(Summary news) {
    boolean finished = news.phase().isOver() && summary != null && !summary.phase().isOver();
    summary = news;
    showProgress(news);
    boolean first = loaded && result == null && news.headline() != null;
    boolean due = result != null && System.nanoTime() - shownAt > REFRESH_NANOS;
    if (finished || first) {
      reload();
    } else if (due && !news.phase().isOver()) {
      refresh(news);
    }
  }

  /** New figures of a running comparison, under what the reader chose and where the reader is. */
  private void refresh(Summary news) {
    shownAt = System.nanoTime();
    Double lambda = state.lambda();
    load(
        tiles,
        s ->
            new Grown(
                s.comparisons().result(id, lambda == null ? news.lambda() : lambda),
                s.comparisons().density(id)),
        grown -> {
          result = grown.result();
          Objects.requireNonNull(head).say(news);
          fillTiles(news, grown.result());
          fillCurves(grown.result());
          charts.show(news, grown.result(), grown.density());
        });
  }

  private void reload() {
    load(place, this::read, this::show);
  }

  private Loaded read(Services services) {
    Summary found = services.comparisons().get(id);
    if (found.headline() == null) {
      return new Loaded(found, null);
    }
    Double lambda = state.lambda();
    return new Loaded(
        found, services.comparisons().result(id, lambda == null ? found.lambda() : lambda));
  }

  private void show(Loaded loaded) {
    summary = loaded.summary();
    result = loaded.result();
    // News end with a comparison; when its figures were not there by then, they are to come.
    if (!this.loaded || (result == null && summary.phase() == Phase.DONE)) {
      this.loaded = true;
      release();
      follow();
    }
    showProgress(loaded.summary());
    title(loaded.summary().a() + " against " + loaded.summary().b());
    head = new ComparisonHead(loaded.summary(), loaded.result() != null);
    place.add(head);
    if (loaded.result() == null) {
      place.add(nothingYet(loaded.summary()));
      return;
    }
    shownAt = System.nanoTime();
    differences.setControls(chartControls());
    Div main = new Div(differences, inputs);
    main.addClassName("md-two");
    Div below = new Div();
    place.add(toolbar(loaded.summary()), tiles, main, below);
    fill();
    showBelow(below, loaded.summary(), loaded.result());
  }

  // What nobody sees before scrolling comes after what everybody sees.
  private void showBelow(Div below, Summary found, ComparisonDocument shown) {
    load(
        below,
        s -> s.comparisons().density(id),
        density -> {
          below.add(
              charts,
              new ModelMatrix(found),
              new CorpusPanel(id),
              AnnotationPanel.ofComparison(id));
          charts.show(found, shown, density);
        });
  }

  private static Div nothingYet(Summary found) {
    return found.phase() == Phase.DONE
        ? EmptyState.of(
            "Reading the samples",
            "The figures of this comparison are being read from the store; they appear here by"
                + " themselves.")
        : EmptyState.of(
            "No result yet",
            "The first figures appear here as soon as both models were sampled. Nothing has to be"
                + " reloaded.");
  }

  private void showProgress(Summary news) {
    progress.removeAll();
    if (!news.phase().isOver()) {
      ProgressBar bar = new ProgressBar(0, 1);
      Double done = news.progress();
      bar.setIndeterminate(done == null);
      bar.setValue(done == null ? 0 : Math.min(1, Math.max(0, done)));
      progress.add(bar, Words.span(news.doing(), "md-muted", "md-small"));
    }
  }

  private Div toolbar(Summary found) {
    Slider lambda = new Slider("Threshold λ in nats per token", 0, widest(), 0.01);
    Double chosen = state.lambda();
    lambda.setValue(chosen == null ? found.lambda() : chosen);
    lambda.setId("lambda");
    Span value = Words.span(threshold(lambda.getValue()), "md-num");
    lambda.addValueChangeListener(
        e -> {
          value.setText(threshold(e.getValue()));
          choose(state.withLambda(e.getValue()));
        });
    Select<String> norm =
        Choice.of(
            "Ratio by",
            Map.of(
                "pooled",
                "pooled counts",
                "absolute",
                "absolute counts",
                "r3",
                "overlap R3 (paper)"),
            List.of("pooled", "absolute", "r3"),
            state.normalisation(),
            v -> choose(state.withNormalisation(v)));
    norm.setId("norm");
    norm.setWidth("17rem");
    Div bar =
        new Div(
            together(Words.span("Threshold", "md-muted"), lambda, value, new Help(Topic.LAMBDA)),
            together(norm, new Help(Topic.RATIO)));
    bar.addClassNames("md-row", "md-toolbar");
    return bar;
  }

  private static Div together(Component... parts) {
    Div group = new Div(parts);
    group.addClassName("md-together");
    return group;
  }

  private static String threshold(double lambda) {
    return "λ = " + Numbers.significant(lambda, 2) + " nats/token";
  }

  private Component[] chartControls() {
    Button scale = small(state.log() ? "Linear scale" : "Log scale");
    scale.setId("scale");
    scale.addClickListener(
        e -> {
          choose(state.withLog(!state.log()));
          scale.setText(state.log() ? "Linear scale" : "Log scale");
        });
    Button all = small("All D");
    all.addClickListener(e -> choose(state.withRange(null)));
    all.setTooltipText("Drag over the chart to choose a range of D; this takes it back");
    return new Component[] {rangeFrom, rangeTo, all, scale};
  }

  // The same choice as dragging over the chart, for the keyboard and for exact numbers.
  private NumberField rangeEnd(String label, String fieldId) {
    NumberField field = new NumberField();
    field.setAriaLabel(label + ", nats per token");
    field.setPlaceholder(label);
    field.setWidth("6.5rem");
    field.addThemeName("small");
    field.setId(fieldId);
    field.addValueChangeListener(
        e -> {
          if (e.isFromClient()) {
            typedRange();
          }
        });
    return field;
  }

  private void typedRange() {
    Double from = rangeFrom.getValue();
    Double to = rangeTo.getValue();
    if (from != null && to != null && from < to) {
      choose(state.withRange(new double[] {from, to}));
    } else if (from == null && to == null) {
      choose(state.withRange(null));
    }
  }

  private static Button small(String text) {
    Button button = new Button(text);
    button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    return button;
  }

  private double widest() {
    ComparisonDocument shown = result;
    if (shown == null) {
      return 1;
    }
    return Stream.of(shown.histogramAB(), shown.histogramBA())
        .flatMap(bins -> bins.edges().stream())
        .mapToDouble(Math::abs)
        .reduce(0.01, Math::max);
  }

  // A choice changes the address without leaving the page, so a copied link shows the same.
  private void choose(ComparisonState next) {
    boolean otherLambda = !Objects.equals(next.lambda(), state.lambda());
    state = next;
    UI.getCurrent()
        .getPage()
        .getHistory()
        .replaceState(null, "comparison/" + id + "?" + next.query().getQueryString());
    Double lambda = next.lambda();
    if (otherLambda && lambda != null) {
      load(
          tiles,
          s -> s.comparisons().result(id, lambda),
          changed -> {
            result = changed;
            fill();
          });
    } else {
      fill();
    }
  }

  private void fill() {
    Summary found = summary;
    ComparisonDocument shown = result;
    if (found == null || shown == null) {
      return;
    }
    fillTiles(found, shown);
    fillCurves(shown);
    inputs.show(found, state, v -> choose(state.withDirection(v)));
  }

  private void fillTiles(Summary found, ComparisonDocument shown) {
    Objects.requireNonNull(head).trust(shown);
    tiles.removeAll();
    tiles.add(
        new TermTiles(shown, found.a(), found.b(), state.normalisation()),
        TermTiles.sizes(shown, found.a(), found.b()));
  }

  private void fillCurves(ComparisonDocument shown) {
    Summary found = Objects.requireNonNull(summary);
    List<DifferenceChart.Line> lines =
        List.of(
            new DifferenceChart.Line("found by " + found.a(), shown.histogramAB(), "--md-a"),
            new DifferenceChart.Line("found by " + found.b(), shown.histogramBA(), "--md-b"));
    double[] range = state.range();
    differences.show(
        DifferenceChart.option(
            lines,
            new DifferenceChart.Look(
                "D = NLL of A − NLL of B (nats/token)",
                "D",
                state.log(),
                List.of(-shown.lambda(), shown.lambda()),
                range)),
        () -> DifferenceChart.table("D (nats/token)", lines));
    rangeFrom.setValue(range == null ? null : rounded(range[0]));
    rangeTo.setValue(range == null ? null : rounded(range[1]));
  }

  private static double rounded(double d) {
    return Math.round(1e4 * d) / 1e4;
  }
}
