package io.modeldiff.web.result.report;

import io.modeldiff.analysis.history.CampaignRecord;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.result.Bins;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.Count;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.result.Rung;
import io.modeldiff.web.result.Sweep;
import io.modeldiff.web.result.inputs.Input;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.RepresentativeInputs;
import io.modeldiff.web.result.inputs.TextMix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One comparison as one HTML file: figures with their errors, charts, inputs, and what made them
 * (specifications, seeds, versions, hashes, diagnostics).
 */
public final class Report {
  private static final String A = "#b3261e";
  private static final String B = "#1f5fa8";
  private static final String[] TERM_COLOURS = {A, "#d98880", "#7fb0d0", B};
  private static final String[] TERMS = {"PD A→B", "PA A→B", "PA B→A", "PD B→A"};
  private static final int INPUTS = 12;
  private static final int MIXED = 400;
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
      color:#1d2329;background:#fff}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;
      border-bottom:1px solid #d5dbe1}table{border-collapse:collapse;margin:.6rem 0;font-size:.9rem;
      display:block;overflow-x:auto}th,td{text-align:left;padding:.25rem .8rem .25rem 0;
      border-bottom:1px solid #e3e8ec;vertical-align:top}td{font-variant-numeric:tabular-nums}
      svg{width:100%;height:auto;font:12px system-ui,sans-serif;fill:#1d2329}.grid{stroke:#e3e8ec}
      .mark{stroke:#5b6670;stroke-dasharray:4 4}.tick{fill:#5b6670}.lead{font-size:1.2rem}
      .warn{border-left:4px solid #b3261e;padding-left:.8rem}pre{white-space:pre-wrap}
      .input{white-space:pre-wrap;font-family:ui-monospace,monospace;font-size:.85rem}
      @media (prefers-color-scheme:dark){body{color:#e6eaee;background:#14181c}svg,.tick{fill:#e6eaee}
      .grid{stroke:#2b333b}th,td,h2{border-color:#2b333b}}
      """;

  private final Outcome outcome;
  private final ComparisonDocument d;
  private final RepresentativeInputs inputs;
  private final Tokenizer tokenizer;
  private final StringBuilder body = new StringBuilder();

  private Report(
      Outcome outcome,
      ComparisonDocument document,
      RepresentativeInputs inputs,
      Tokenizer tokenizer) {
    this.outcome = outcome;
    this.d = document;
    this.inputs = inputs;
    this.tokenizer = tokenizer;
  }

  /** The report of an outcome. */
  public static Report of(
      Outcome outcome,
      ComparisonDocument document,
      RepresentativeInputs inputs,
      Tokenizer tokenizer) {
    return new Report(outcome, document, inputs, tokenizer);
  }

  /** The file's text. */
  public String html() {
    String title = d.models().A() + " against " + d.models().B();
    answer();
    histograms();
    sweeps();
    sampled("AB", d.models().A(), d.models().B());
    sampled("BA", d.models().B(), d.models().A());
    trust();
    making();
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
        + " content=\"width=device-width\"><title>"
        + Html.escape(title)
        + " · Model-diff</title><style>"
        + STYLE
        + "</style></head><body><h1>"
        + Html.escape(title)
        + "</h1>"
        + body
        + "</body></html>\n";
  }

  private void text(String tag, String text) {
    String name = tag.split(" ", 2)[0];
    body.append('<').append(tag).append('>').append(Html.escape(text));
    body.append("</").append(name).append('>');
  }

  private void answer() {
    text("p class=\"lead\"", d.headline());
    if (!d.complete()) {
      text("p class=\"warn\"", "Sampling goes on: these figures are those of " + Instant.now());
    }
    if (!d.checks().converged()) {
      text("p class=\"warn\"", "The checks do not all hold: see “Can this be trusted?” below.");
    }
    text(
        "p",
        String.format(
            Locale.ROOT,
            "Inputs are all sequences of %d tokens; a model finds one likely when its mean negative"
                + " log-likelihood z lies in Z = [%s, %s] nats per token. D = z_A − z_B; the models"
                + " disagree on an input when |D| > λ = %s nats per token and the finder likes it"
                + " better (PD), and agree when the other one does (PA).",
            d.length(),
            d.z().get(0),
            d.z().get(1),
            d.lambda()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("|X_A|, likely to " + d.models().A(), d.countA(), null, null));
    rows.add(row("|X_B|, likely to " + d.models().B(), d.countB(), null, null));
    rows.add(row("|X_A ∩ X_B|, likely to both", d.countAB(), null, null));
    List<Count> terms = d.fourTerms();
    List<ComparisonDocument.Share> shares =
        List.of(d.shares().pdAB(), d.shares().paAB(), d.shares().paBA(), d.shares().pdBA());
    for (int i = 0; i < 4; i++) {
      rows.add(row(TERMS[i], terms.get(i), shares.get(i), d.ratio().pooled().get(i)));
    }
    body.append(
        Html.table(
            List.of("", "inputs ± 1 se", "95% interval", "share of its set", "ratio (pooled)"),
            rows));
    body.append(
        Html.table(
            List.of("PD A→B : PA A→B : PA B→A : PD B→A", "", "", "", "distance from pooled (se)"),
            List.of(
                ratio("pooled: the result", d.ratio().pooled(), d.ratio().pooledSe(), null),
                ratio(
                    "absolute",
                    d.ratio().absolute(),
                    d.ratio().absoluteSe(),
                    d.ratio().absoluteSigmas()),
                ratio(
                    "overlap R3 (eq. 7)",
                    d.ratio().r3(),
                    d.ratio().r3Se(),
                    d.ratio().r3Sigmas()))));
    body.append(Html.list(d.remarks()));
  }

  private static List<String> row(
      String name, Count c, ComparisonDocument.@Nullable Share share, @Nullable Double ratio) {
    Double low = c.low10();
    Double high = c.high10();
    Double value = share == null ? null : share.value();
    Double se = share == null ? null : share.se();
    return List.of(
        name,
        Numbers.count(c),
        low == null || high == null
            ? ""
            : Numbers.magnitude(low) + " to " + Numbers.magnitude(high),
        value == null ? "" : se == null ? Numbers.percent(value) : Numbers.share(value, se),
        ratio == null ? "" : Numbers.significant(ratio, 4));
  }

  private static List<String> ratio(
      String name,
      List<@Nullable Double> values,
      List<@Nullable Double> errors,
      @Nullable List<@Nullable Double> sigmas) {
    List<String> row = new ArrayList<>(List.of(name));
    for (int i = 1; i < 4; i++) {
      row.add(Numbers.withError(values.get(i), errors.get(i)));
    }
    row.add(
        sigmas == null
            ? ""
            : sigmas.stream()
                .filter(Objects::nonNull)
                .map(s -> String.format(Locale.ROOT, "%+.1f", s))
                .collect(Collectors.joining(", ")));
    return row;
  }

  private void histograms() {
    text("h2", "By how much: ρ(D)");
    body.append(
        Svg.chart(
            "Inputs by D",
            "D = z_A − z_B, nats per token",
            List.of(
                line("found by " + d.models().A(), A, d.histogramAB()),
                line("found by " + d.models().B(), B, d.histogramBA())),
            d.lambda() > 0 ? List.of(-d.lambda(), d.lambda()) : List.of(0.0)));
    text(
        "p",
        "D seen from "
            + range(d.range().AB())
            + " over X_A, and from "
            + range(d.range().BA())
            + " over X_B. Bars are 95% intervals.");
    text("h2", "Where the inputs are: ρ(z)");
    body.append(
        Svg.chart(
            "Inputs by z",
            "z, nats per token",
            List.of(
                line("ρ(z) of " + d.models().A(), A, d.rhoA()),
                line("ρ(z) of " + d.models().B(), B, d.rhoB())),
            d.z()));
  }

  private static String range(List<@Nullable Double> range) {
    return range.stream()
        .map(v -> v == null ? "none seen" : Numbers.significant(v, 3))
        .collect(Collectors.joining(" to "));
  }

  private static Svg.Line line(String name, String colour, Bins bins) {
    return new Svg.Line(
        name,
        colour,
        IntStream.range(0, bins.count()).mapToObj(bins::centre).toList(),
        bins.log10(),
        bins.relSe());
  }

  private void sweeps() {
    text("h2", "The threshold λ");
    body.append(
        Svg.chart("Terms by λ", "λ, nats per token", lines(d.sweep()), List.of(d.lambda())));
    text("h2", "The upper end of Z");
    body.append(
        Svg.chart(
            "Terms if Z ended earlier",
            "z₊, nats per token",
            lines(d.upperEdges()),
            List.of(d.z().get(1))));
  }

  private static List<Svg.Line> lines(Sweep sweep) {
    return IntStream.range(0, 4)
        .mapToObj(
            i ->
                new Svg.Line(
                    TERMS[i],
                    TERM_COLOURS[i],
                    sweep.at(),
                    sweep.lines().get(i).log10(),
                    sweep.lines().get(i).relSe()))
        .toList();
  }

  private void sampled(String direction, String finder, String other) {
    text("h2", "Inputs that " + finder + " finds likely and " + other + " less so");
    boolean negative = direction.equals("AB");
    InputQuery query =
        InputQuery.of(
            direction,
            negative ? -InputQuery.WIDEST : d.lambda(),
            negative ? -d.lambda() : InputQuery.WIDEST,
            INPUTS);
    List<Input> page = inputs.page(query, tokenizer).inputs();
    if (page.isEmpty()) {
      text("p", "None was sampled.");
      return;
    }
    StringBuilder rows =
        new StringBuilder(
            "<table><thead><tr><th>text</th><th>D</th><th>z_A</th><th>z_B</th><th>stands"
                + " for</th></tr></thead><tbody>");
    for (Input input : page) {
      rows.append("<tr><td class=\"input\">").append(Html.escape(input.text()));
      rows.append(
          String.format(
              Locale.ROOT,
              "</td><td>%+.3f</td><td>%.3f</td><td>%.3f</td><td>%s</td></tr>",
              input.d(),
              input.zA(),
              input.zB(),
              Numbers.magnitude(input.log10Weight())));
    }
    body.append(rows).append("</tbody></table>");
    TextMix mix = inputs.mix(InputQuery.of(direction, query.from(), query.to(), MIXED), tokenizer);
    text(
        "p",
        "By simple rules they are "
            + mix.kinds().stream()
                .map(k -> Numbers.share(k.share(), k.se()) + " " + k.kind())
                .collect(Collectors.joining(", "))
            + (mix.tokens().isEmpty()
                ? "."
                : "; over-represented tokens: "
                    + mix.tokens().stream()
                        .map(t -> "“" + t.token() + "”")
                        .collect(Collectors.joining(" "))
                    + "."));
  }

  private void trust() {
    text("h2", "Can this be trusted?");
    text("p", d.checks().converged() ? "All checks that could be made hold." : "Not converged.");
    body.append(Html.list(d.checks().verdict()));
    ladder("A", d.ladders().A());
    ladder("B", d.ladders().B());
  }

  private void ladder(String side, List<Rung> rungs) {
    text("p", "Ladder of " + side + ": NLL quantiles under β (nats per token).");
    body.append(
        Html.table(
            List.of("β", "samples", "5%", "25%", "50%", "75%", "95%", "repetition", "R̂"),
            rungs.stream()
                .map(
                    r -> {
                      List<String> row = new ArrayList<>();
                      row.add(Numbers.significant(r.beta(), 4));
                      row.add(Numbers.whole(r.samples()));
                      r.quantiles().forEach(q -> row.add(Numbers.significant(q, 4)));
                      Double repeated = r.repetition();
                      Double rHat = r.rHat();
                      row.add(repeated == null ? "" : Numbers.percent(repeated));
                      row.add(rHat == null ? "" : Numbers.significant(rHat, 4));
                      return row;
                    })
                .toList()));
  }

  private void making() {
    text("h2", "How it was made");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("comparison", d.comparison(), ""));
    made(rows, "A", outcome.a().campaign());
    made(rows, "B", outcome.b().campaign());
    rows.add(
        List.of(
            "cost, full-sequence passes",
            Numbers.whole(Math.round(d.evaluations().A())) + " of A",
            Numbers.whole(Math.round(d.evaluations().B()))
                + " of B, "
                + Numbers.whole(Math.round(d.evaluations().cross()))
                + " across"));
    rows.add(List.of("stopped by", String.valueOf(d.stoppedBy()), ""));
    rows.add(
        List.of(
            "Model-diff",
            Objects.requireNonNullElse(
                Report.class.getPackage().getImplementationVersion(), "from sources"),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name")));
    rows.add(List.of("written", Instant.now().toString(), ""));
    body.append(Html.table(List.of("", "", ""), rows));
  }

  private static void made(List<List<String>> rows, String side, CampaignRecord campaign) {
    CampaignSpec s = campaign.spec();
    rows.add(List.of("model " + side, s.model().name() + " (" + s.model().dtype() + ")", ""));
    rows.add(List.of("its files' SHA-256", s.model().hash(), ""));
    rows.add(
        List.of(
            "campaign " + side,
            campaign.campaign(),
            "seed " + s.seed() + ", " + s.method().word() + ", " + s.lanes() + " lanes"));
    rows.add(
        List.of(
            "its input space",
            s.space().toString(),
            "burn-in " + s.burnIn() + ", moves per round " + s.movesPerRound()));
    rows.add(
        List.of(
            "its ladder",
            campaign.schedule() == null
                ? ""
                : Arrays.stream(campaign.schedule().betas())
                    .mapToObj(b -> Numbers.significant(b, 4))
                    .collect(Collectors.joining(", ")),
            campaign.closedRounds() + " rounds"));
    rows.add(List.of("notes of its pilot", String.join(" ", campaign.notes()), ""));
  }
}
