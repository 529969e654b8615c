package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.TextMix;
import io.modeldiff.web.service.ComparisonService.Density;
import io.modeldiff.web.service.ComparisonService.Export;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.Badge;
import io.modeldiff.web.ui.part.ChartPanel;
import io.modeldiff.web.ui.part.EmptyState;
import io.modeldiff.web.ui.part.Help;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.ui.part.Slider;
import io.modeldiff.web.ui.part.Topic;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One comparison: how many inputs differ, by how much, and which. */
@Route(value = "comparison/:id", layout = MainLayout.class)
public class ComparisonView extends Page implements BeforeEnterObserver, HasDynamicTitle {
  private static final long serialVersionUID = 1L;
  private static final int INPUTS = 20;
  private static final double WIDEST = 1e6;

  private final Div place = new Div();
  private final Div progress = new Div();
  private final Div tiles = new Div();
  private final Div inputs = new Div();
  private final ChartPanel differences =
      new ChartPanel("ρ(D): inputs by prediction difference", Topic.RHO_D, "26rem");
  private final NumberField rangeFrom = rangeEnd("D from", "range-from");
  private final NumberField rangeTo = rangeEnd("D to", "range-to");
  private String id = "";
  private transient ComparisonState state = new ComparisonState(null, null, true, "pooled", "AB");
  private transient @Nullable Summary summary;
  private transient @Nullable ComparisonDocument result;
  private boolean loaded;

  private record Listed(InputPage page, TextMix mix) {}

  private record Loaded(Summary summary, @Nullable ComparisonDocument result, @Nullable Density density) {}

  public ComparisonView() {
    super("Comparison", "");
    progress.setId("progress");
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
    if (finished || first) {
      reload();
    }
  }

  private void reload() {
    load(place, this::read, this::show);
  }

  private Loaded read(Services services) {
    Summary found = services.comparisons().get(id);
    if (found.headline() == null) {
      return new Loaded(found, null, null);
    }
    Double lambda = state.lambda();
    return new Loaded(
        found,
        services.comparisons().result(id, lambda == null ? found.lambda() : lambda),
        services.comparisons().density(id));
  }

  private void show(Loaded loaded) {
    summary = loaded.summary();
    if (!this.loaded) {
      this.loaded = true;
      follow();
    }
    result = loaded.result();
    showProgress(loaded.summary());
    place.add(head(loaded.summary()));
    if (loaded.result() == null || loaded.density() == null) {
      place.add(
          EmptyState.of(
              "No result yet",
              "The first figures appear here as soon as both models were sampled. Nothing has to be"
                  + " reloaded."));
      return;
    }
    differences.setControls(chartControls());
    Div main = new Div(differences, inputs);
    main.addClassName("md-two");
    place.add(
        toolbar(loaded.summary()),
        tiles,
        TermTiles.sizes(loaded.result(), loaded.summary().a(), loaded.summary().b()),
        main);
    place.add(
        more(loaded.summary(), loaded.result(), loaded.density()),
        new ModelMatrix(loaded.summary()));
    inputs.addClassName("md-panel");
    fill();
  }

  private Div head(Summary found) {
    Paragraph headline = new Paragraph(Words.headline(found));
    headline.addClassName("md-headline");
    headline.setId("headline");
    Div facts =
        new Div(
            Words.span(found.a(), "md-a"),
            Words.span("against", "md-muted"),
            Words.span(found.b(), "md-b"),
            Badge.of(found.phase()),
            Words.span(Words.space(found.space()), "md-muted", "md-small"));
    facts.addClassName("md-row");
    Div links = new Div();
    links.addClassNames("md-row", "md-small");
    if (found.campaignA() != null) {
      links.add(new Anchor("campaign/" + found.campaignA(), "Campaign of A"));
    }
    if (found.campaignB() != null) {
      links.add(new Anchor("campaign/" + found.campaignB(), "Campaign of B"));
    }
    links.add(
        download("Report (HTML)", "report", ""),
        download("Result (JSON)", "document", ""),
        download("Figures (CSV)", "results", "csv"),
        download("Histograms (CSV)", "histograms", "csv"),
        download("Samples (Parquet)", "samples", "parquet"),
        download("What columns mean (CSV)", "dictionary", "csv"));
    Div head = new Div(headline, facts, links);
    head.addClassNames("md-card", "md-stack");
    head.getStyle().set("margin-bottom", "1rem");
    return head;
  }

  private Anchor download(String name, String what, String format) {
    Services services = services();
    String comparison = id;
    DownloadHandler handler =
        DownloadHandler.fromInputStream(
            event -> {
              Export file = services.comparisons().export(comparison, what, format);
              return new DownloadResponse(
                  Files.newInputStream(file.path(), StandardOpenOption.DELETE_ON_CLOSE),
                  file.fileName(),
                  file.mediaType(),
                  Files.size(file.path()));
            });
    return new Anchor(handler, AttachmentType.DOWNLOAD, name);
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
        choice(
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

  private static Select<String> choice(
      String label,
      Map<String, String> names,
      List<String> values,
      String value,
      Consumer<String> then) {
    Select<String> select = new Select<>();
    select.setItems(values);
    select.setItemLabelGenerator(v -> names.getOrDefault(v, v));
    select.setValue(value);
    select.setAriaLabel(label);
    select.setPrefixComponent(Words.span(label, "md-muted", "md-small"));
    select.addThemeName("small");
    select.addValueChangeListener(e -> then.accept(e.getValue()));
    return select;
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
    tiles.removeAll();
    tiles.add(new TermTiles(shown, found.a(), found.b(), state.normalisation()));
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
        DifferenceChart.table("D (nats/token)", lines));
    rangeFrom.setValue(range == null ? null : rounded(range[0]));
    rangeTo.setValue(range == null ? null : rounded(range[1]));
    double from = range == null ? -WIDEST : range[0];
    double to = range == null ? WIDEST : range[1];
    ComparisonState now = state;
    inputs.removeAll();
    Select<String> finder =
        choice(
            "Found by",
            Map.of("AB", found.a(), "BA", found.b()),
            List.of("AB", "BA"),
            now.direction(),
            v -> choose(state.withDirection(v)));
    finder.setId("found");
    TextField search = new TextField();
    search.setPlaceholder("Part of the text");
    search.setAriaLabel("Show inputs that hold this text");
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.ON_CHANGE);
    search.setId("search");
    Div list = new Div();
    Paging paging = new Paging(INPUTS);
    Runnable show =
        () -> {
          InputQuery query =
              new InputQuery(
                  now.direction(),
                  from,
                  to,
                  -InputQuery.WIDEST,
                  InputQuery.WIDEST,
                  search.getValue().strip(),
                  paging.offset(),
                  INPUTS);
          load(
              list,
              s ->
                  new Listed(s.comparisons().inputs(id, query), s.comparisons().mix(id, query)),
              (Listed listed) -> {
                paging.show(listed.page());
                list.add(new InputsPanel(found, now, listed.page(), listed.mix()));
              });
        };
    paging.onMove(show);
    search.addValueChangeListener(
        e -> {
          paging.restart();
          show.run();
        });
    Div tools = new Div(finder, search);
    tools.addClassName("md-row");
    inputs.add(InputsPanel.head(now, found), tools, paging, list);
    show.run();
  }

  private static double rounded(double d) {
    return Math.round(1e4 * d) / 1e4;
  }

  private static Div more(Summary found, ComparisonDocument shown, Density density) {
    ChartPanel picture = new ChartPanel("Where the sampled inputs lie", Topic.R3, "24rem");
    picture.show(
        DifferenceChart.density(
            density,
            found.a(),
            found.b(),
            found.space().range().low(),
            found.space().range().high()),
        DifferenceChart.densityTable(density));
    List<DifferenceChart.Line> lines =
        List.of(
            new DifferenceChart.Line("ρ(z) of " + found.a(), shown.rhoA(), "--md-a"),
            new DifferenceChart.Line("ρ(z) of " + found.b(), shown.rhoB(), "--md-b"));
    ChartPanel rho = new ChartPanel("ρ(z): inputs by NLL", Topic.RHO_Z, "24rem");
    rho.show(
        DifferenceChart.option(
            lines,
            new DifferenceChart.Look(
                "NLL z (nats/token)",
                "Z",
                true,
                List.of(found.space().range().low(), found.space().range().high()),
                null)),
        DifferenceChart.table("z (nats/token)", lines));
    Div row = new Div(picture, rho, Checks.card(shown.checks()));
    row.addClassNames("md-grid", "md-section");
    return row;
  }
}
