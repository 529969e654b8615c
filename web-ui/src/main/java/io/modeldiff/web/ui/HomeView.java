package io.modeldiff.web.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.BundledDemo;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.ModelService;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.ui.part.Badge;
import io.modeldiff.web.ui.part.EmptyState;
import java.util.List;
import java.util.stream.Stream;

/** What is running, what was found lately, and how to begin. */
@Route(value = "", layout = MainLayout.class)
@PageTitle("Model-diff")
public class HomeView extends Page {
  private static final long serialVersionUID = 1L;
  private static final int RECENT = 8;

  private final Div running = new Div();
  private final Div recent = new Div();

  /** What the page shows, read at once. Figures that grow are followed one by one. */
  private record News(
      List<CampaignService.Summary> running,
      List<ComparisonService.Summary> comparisons,
      List<ModelService.Model> models) {
    private Object items() {
      return Stream.of(
              running.stream().map(c -> c.id() + c.phase()),
              comparisons.stream().map(c -> c.id() + c.phase()),
              models.stream().map(ModelService.Model::name))
          .flatMap(part -> part)
          .toList();
    }
  }

  public HomeView() {
    super(
        "How do two language models differ?",
        "Not by an average score: over their own input space. Model-diff samples the texts that"
            + " each model finds likely, asks the other about them, and counts where they"
            + " disagree.");
    running.addClassName("md-section");
    recent.addClassName("md-section");
    add(running, recent);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    follow(recent, HomeView::news, News::items, this::show);
  }

  private static News news(Services services) {
    List<CampaignService.Summary> campaigns = services.campaigns().list(50);
    return new News(
        campaigns.stream().filter(c -> !c.phase().isOver()).toList(),
        services.comparisons().list(RECENT),
        services.models().list());
  }

  private void show(News news) {
    release();
    running.removeAll();
    recent.removeAll();
    if (!news.running().isEmpty()) {
      Div items = new Div();
      items.addClassName("md-items");
      news.running().forEach(c -> items.add(campaign(c)));
      running.add(new H3("Running"), items);
    }
    if (news.comparisons().isEmpty()) {
      recent.add(new H3("First steps"), firstSteps(news.models()));
    } else {
      Div items = new Div();
      items.addClassName("md-items");
      news.comparisons().forEach(c -> items.add(followed(c)));
      recent.add(new H3("Recent comparisons"), items);
    }
  }

  // Figures that have to be read first, or that grow, come when they are there.
  private Component followed(ComparisonService.Summary summary) {
    Anchor item = new Anchor("comparison/" + summary.id(), "");
    item.addClassName("md-item");
    fillComparison(item, summary);
    if (summary.headline() == null || !summary.phase().isOver()) {
      keep(
          services()
              .comparisons()
              .watch(
                  summary.id(),
                  news -> getUI().ifPresent(ui -> inUi(ui, () -> fillComparison(item, news)))));
    }
    return item;
  }

  private static void fillComparison(Anchor item, ComparisonService.Summary summary) {
    item.removeAll();
    item.add(
        Words.span(Words.headline(summary), "md-sentence"),
        Badge.of(summary.phase()),
        Words.span(
            summary.a()
                + " and "
                + summary.b()
                + " · "
                + Words.space(summary.space())
                + " · "
                + Numbers.time(summary.created())
                + " by "
                + summary.createdBy(),
            "md-muted",
            "md-small"));
  }

  private Component campaign(CampaignService.Summary first) {
    Anchor item = new Anchor("campaign/" + first.id(), "");
    item.addClassName("md-item");
    fillCampaign(item, first);
    keep(
        services()
            .campaigns()
            .watch(
                first.id(),
                news -> getUI().ifPresent(ui -> inUi(ui, () -> fillCampaign(item, news)))));
    return item;
  }

  private static void fillCampaign(Anchor item, CampaignService.Summary summary) {
    ProgressBar bar = new ProgressBar(0, 1);
    Double progress = summary.progress();
    bar.setIndeterminate(progress == null);
    bar.setValue(progress == null ? 0 : progress);
    Div right = new Div(Badge.of(summary.phase()), bar);
    right.addClassName("md-progress");
    Div left =
        new Div(
            Words.span(
                "Sampling " + summary.model() + " · " + Words.space(summary.space()),
                "md-sentence"));
    item.removeAll();
    item.add(left, right);
    item.add(
        Words.span(Words.pace(summary), "md-muted", "md-small"),
        Badge.of(summary.health(), summary.healthy()));
  }

  private static Component firstSteps(List<ModelService.Model> models) {
    OrderedList steps = new OrderedList();
    steps.addClassName("md-steps");
    boolean ready = models.size() >= 2;
    steps.add(
        step(
            "See it work",
            "Two small models that come with the program, over all texts of eight digits: about a"
                + " minute from the click to the result, which grows while you watch.",
            demo()),
        step(
            "Have two models",
            ready
                ? models.size() + " models are registered, among them " + models.get(0).name() + "."
                : "Register the Hugging Face directories of two models that share a vocabulary.",
            new Anchor("models", ready ? "See the models" : "Register a model")),
        step(
            "Compare them",
            "The wizard explains every choice, shows where Z should lie, and says how long it will"
                + " take.",
            start()),
        step(
            "Look at single texts",
            "The microscope shows one text token by token under both models.",
            new Anchor("lmdiff", "Open the microscope")));
    return steps;
  }

  private static Component demo() {
    if (!Session.requireCaller().may(Permission.OPERATE)) {
      return askAnOperator();
    }
    Div message = new Div();
    Button run = new Button("Run the demo");
    run.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_SMALL);
    run.setId("run-demo");
    run.setDisableOnClick(true);
    run.addClickListener(e -> startDemo(run, message));
    return new Div(run, message);
  }

  private static void startDemo(Button run, Div message) {
    Caller caller = Session.requireCaller();
    UI ui = UI.getCurrent();
    Services services = services();
    message.removeAll();
    message.add(Words.span("Registering the models and starting…", "md-small", "md-muted"));
    services
        .background()
        .execute(
            () -> {
              try {
                String id = BundledDemo.start(services, caller);
                inUi(ui, () -> ui.navigate("comparison/" + id));
              } catch (RuntimeException e) {
                String why = sentence(e);
                inUi(
                    ui,
                    () -> {
                      message.removeAll();
                      message.add(EmptyState.failed(why));
                      run.setEnabled(true);
                    });
              }
            });
  }

  private static Component askAnOperator() {
    return Words.span("Ask an operator to start one.", "md-small");
  }

  private static Component start() {
    if (!Session.requireCaller().may(Permission.OPERATE)) {
      return askAnOperator();
    }
    Button button =
        new Button(
            "New comparison", e -> e.getSource().getUI().ifPresent(ui -> ui.navigate("compare")));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    button.setId("first-comparison");
    return button;
  }

  private static ListItem step(String title, String text, Component action) {
    return new ListItem(new H4(title), new Paragraph(text), new Div(action));
  }
}
