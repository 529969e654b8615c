package io.modeldiff.web.cli.score;

import io.modeldiff.analysis.lmdiff.instance.Divergence;
import io.modeldiff.analysis.lmdiff.instance.Instance;
import io.modeldiff.analysis.lmdiff.instance.InstanceAnalysis;
import io.modeldiff.analysis.lmdiff.instance.ModelView;
import io.modeldiff.analysis.lmdiff.instance.Segment;
import io.modeldiff.analysis.lmdiff.instance.Segments;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.compare.LocalComparisons;
import io.modeldiff.web.compare.Placement;
import io.modeldiff.web.compare.Placement.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code score --diff}: texts under two models, token by token. */
final class DiffReport {
  private static final int DIFF_MODELS = 2;

  private final Console console;
  private final boolean json;
  private final Path data;

  DiffReport(Console console, boolean json, Path data) {
    this.console = console;
    this.json = json;
    this.data = data;
  }

  void run(
      List<String> models,
      List<String> texts,
      List<String> tokens,
      @Nullable String file,
      DeviceOptions device)
      throws IOException {
    if (models.size() != DIFF_MODELS || !tokens.isEmpty()) {
      throw UserException.badInput(
          "--diff compares texts under two models: give --model twice, and --text or --file.");
    }
    List<String> all = new ArrayList<>(texts);
    if (file != null) {
      all.addAll(Files.readAllLines(Path.of(file)));
    }
    ModelNames names = new ModelNames(data);
    try (LanguageModel first = names.load(models.get(0), device.load());
        LanguageModel second = names.load(models.get(1), device.load())) {
      InstanceAnalysis analysis =
          new InstanceAnalysis(first, second, InstanceAnalysis.Options.DEFAULTS);
      List<Instance> instances = all.stream().map(analysis::analyze).toList();
      Places places = new Places(new LocalComparisons(data), first.info(), second.info());
      if (json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("m1", models.get(0));
        document.put("m2", models.get(1));
        document.put("results", instances.stream().map(i -> json(i, places)).toList());
        JsonDocument.print(console, document);
      } else {
        instances.forEach(i -> print(i, places));
      }
    }
  }

  /** Comparisons of the two models, asked where a text's D falls. */
  private record Places(LocalComparisons comparisons, ModelInfo first, ModelInfo second) {
    List<Placement> of(Instance instance) {
      return instance.differences().isEmpty()
          ? List.of()
          : comparisons.place(first.hash(), second.hash(), instance.predictionDifference());
    }
  }

  private static Map<String, Object> json(Instance instance, Places places) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("text", instance.text());
    result.put("comparability", instance.comparability());
    result.put("m1", json(instance.first()));
    result.put("m2", json(instance.second()));
    instance.differences().ifPresent(d -> result.put("diff", d));
    result.put("divergences", instance.divergences());
    result.put("segments", instance.segments());
    result.put("bitsPerByte", bitsPerByte(instance));
    result.put("placements", places.of(instance));
    return result;
  }

  private static Map<String, Object> json(ModelView view) {
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("tokenIds", view.ids());
    side.put("tokens", view.tokens());
    side.put("starts", view.starts());
    side.put("ends", view.ends());
    side.put("unscored", view.scores().unscored());
    side.put("logProb", view.scores().logProbs());
    side.put("prob", view.scores().probs());
    side.put("rank", view.scores().ranks());
    side.put("topTokens", view.topTokens());
    side.put("topProbs", view.scores().topProbs());
    side.put("nll", view.nll());
    side.put("windows", view.windows());
    return side;
  }

  private static double[] bitsPerByte(Instance instance) {
    return new double[] {
      Segments.bitsPerByte(instance.segments(), true),
      Segments.bitsPerByte(instance.segments(), false)
    };
  }

  private void print(Instance instance, Places places) {
    double[] bits = bitsPerByte(instance);
    console.out().println("# " + shown(instance.text()));
    console.out().println(instance.comparability().reason());
    line(
        "m1 %s: %.4f nats/token, %.4f bits/byte; m2 %s: %.4f nats/token, %.4f bits/byte%n",
        instance.first().model(),
        instance.first().nll(),
        bits[0],
        instance.second().model(),
        instance.second().nll(),
        bits[1]);
    if (instance.first().windows().size() > 1) {
      line(
          "Longer than the context: scored in %d windows, %d tokens apart.%n",
          instance.first().windows().size(), instance.first().windows().get(1).start());
    }
    places.of(instance).forEach(this::place);
    if (instance.differences().isPresent()) {
      tokens(instance, instance.differences().get());
    } else {
      segments(instance);
    }
  }

  private void place(Placement p) {
    line(
        "D = z(%s) − z(%s) = %+.4f nats/token; in comparison %s (inputs of %d tokens):%n",
        p.a(), p.b(), p.d(), p.comparison(), p.length());
    share(p.a(), p.foundByA());
    share(p.b(), p.foundByB());
  }

  private void share(String finder, @Nullable Share share) {
    if (share == null) {
      line("  none counted among the inputs that %s finds%n", finder);
      return;
    }
    line(
        "  %.2f%% of the inputs that %s finds have a smaller D; %s inputs in its bin [%s, %s)%n",
        100 * share.below(),
        finder,
        share.log10() == null ? "no" : String.format(Locale.ROOT, "10^%.2f", share.log10()),
        edge(share.from(), "−∞"),
        edge(share.to(), "∞"));
  }

  private static String edge(@Nullable Double edge, String open) {
    return edge == null ? open : String.format(Locale.ROOT, "%.3f", edge);
  }

  private void tokens(Instance instance, TokenDifferences d) {
    line(
        "%-16s %7s %7s %8s %9s %9s %9s %5s %8s %8s%n",
        "token", "rank1", "rank2", "rank±", "prob1", "prob2", "prob±", "top±", "KL(1|2)", "JS");
    int skip = instance.first().ids().length - d.length();
    for (int i = 0; i < d.length(); i++) {
      int one = i + skip - instance.first().scores().unscored();
      int two = i + skip - instance.second().scores().unscored();
      Divergence divergence = instance.divergences().get(i);
      line(
          "%-16s %7d %7d %+8d %9.5f %9.5f %+9.5f %5d %8.4f %8.4f%n",
          shown(instance.first().tokens().get(i + skip)),
          instance.first().scores().ranks()[one] + 1,
          instance.second().scores().ranks()[two] + 1,
          d.rank()[i],
          instance.first().scores().probs()[one],
          instance.second().scores().probs()[two],
          d.prob()[i],
          d.topk()[i],
          divergence.kl12(),
          divergence.js());
    }
  }

  private void segments(Instance instance) {
    line("%-24s %6s %10s %10s %10s%n", "span", "bytes", "bits1", "bits2", "bits±");
    for (Segment s : instance.segments()) {
      line(
          "%-24s %6d %10.4f %10.4f %10.4f%n",
          shown(instance.text().substring(s.start(), s.end())),
          s.bytes(),
          s.bits1(),
          s.bits2(),
          s.bits2() - s.bits1());
    }
  }

  private void line(String format, Object... values) {
    console.out().printf(Locale.ROOT, format, values);
  }

  private static String shown(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }
}
