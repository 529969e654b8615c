package io.modeldiff.web.ui;

import static io.modeldiff.web.ui.part.Options.of;

import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.InstanceService.Instance;
import io.modeldiff.web.service.InstanceService.Scores;
import io.modeldiff.web.ui.part.DataTable;
import io.modeldiff.web.ui.part.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** ECharts options of the instance view (LMdiff, figure 3). */
final class MicroscopeCharts {
  private static final int BINS = 20;

  private MicroscopeCharts() {}

  static Map<String, @Nullable Object> probabilities(Instance instance) {
    return steps(
        instance,
        "probability",
        of("type", "value", "min", 0, "max", 1),
        values(instance, TokenMeasure.PROB_1),
        values(instance, TokenMeasure.PROB_2));
  }

  static Map<String, @Nullable Object> ranks(Instance instance) {
    return steps(
        instance,
        "rank (1 = most likely)",
        of("type", "log", "inverse", true, "min", 1),
        values(instance, TokenMeasure.RANK_1),
        values(instance, TokenMeasure.RANK_2));
  }

  private static Map<String, @Nullable Object> steps(
      Instance instance,
      String name,
      Map<String, @Nullable Object> y,
      List<@Nullable Double> first,
      List<@Nullable Double> second) {
    y.putAll(of("name", name, "nameLocation", "middle", "nameGap", 48));
    return of(
        "grid", of("left", 64, "right", 12, "top", 28, "bottom", 28),
        "legend", Options.legend(),
        "tooltip", of("trigger", "axis", "formatter", "fn:tipToken"),
        "xAxis",
            of(
                "type", "category",
                "data", instance.tokens().stream().map(t -> t.text()).toList(),
                "axisLabel", of("interval", "auto")),
        "yAxis", y,
        "series",
            List.of(
                step(instance.a(), first, "--md-a", "solid"),
                step(instance.b(), second, "--md-b", "dashed")));
  }

  // Where both models agree, the dashes of the second leave the first to be seen.
  private static Map<String, @Nullable Object> step(
      String name, List<@Nullable Double> data, String colour, String stroke) {
    return of(
        "name",
        name,
        "type",
        "line",
        "step",
        "middle",
        "symbolSize",
        5,
        "lineStyle",
        of("color", colour, "width", 1.5, "type", stroke),
        "itemStyle",
        of("color", colour),
        "data",
        data);
  }

  static List<@Nullable Double> values(Instance instance, TokenMeasure measure) {
    List<@Nullable Double> values = new ArrayList<>();
    for (int i = 0; i < instance.tokens().size(); i++) {
      values.add(measure.value(instance, i));
    }
    return values;
  }

  /** How the measure is distributed over the text's tokens, with its mean. */
  static Map<String, @Nullable Object> histogram(Instance instance, TokenMeasure measure) {
    double[] sorted =
        values(instance, measure).stream()
            .filter(Objects::nonNull)
            .mapToDouble(v -> v)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return of("title", of("text", "no scored token", "left", "center", "top", "middle"));
    }
    double low = sorted[0];
    double width = Math.max((sorted[sorted.length - 1] - low) / BINS, 1e-9);
    int[] counts = new int[BINS];
    for (double value : sorted) {
      counts[(int) Math.min(BINS - 1, (value - low) / width)]++;
    }
    double mean = Arrays.stream(sorted).average().orElse(0);
    return of(
        "grid", of("left", 52, "right", 28, "top", 16, "bottom", 44),
        "tooltip", of("trigger", "item"),
        "xAxis", Options.axis(measure.title()),
        "yAxis",
            of(
                "type",
                "value",
                "name",
                "tokens",
                "nameLocation",
                "middle",
                "nameGap",
                32,
                "minInterval",
                1),
        "series",
            List.of(
                of(
                    "type", "band",
                    "name", "tokens",
                    "silent", false,
                    "tooltip", of("formatter", "fn:tipBar"),
                    "itemStyle", of("color", "--md-f", "opacity", 0.9),
                    "data",
                        IntStream.range(0, BINS)
                            .mapToObj(
                                i -> List.of(low + i * width, low + (i + 1) * width, 0, counts[i]))
                            .toList(),
                    "markLine",
                        of(
                            "silent", true,
                            "symbol", "none",
                            "lineStyle", of("color", "--md-text", "type", "solid"),
                            "label",
                                of(
                                    "formatter",
                                    "mean " + Numbers.withError(mean, standardError(sorted, mean)),
                                    "color",
                                    "--md-text"),
                            "data", List.of(of("xAxis", mean))))));
  }

  static @Nullable Double standardError(double[] values, double mean) {
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length < 2 ? null : Math.sqrt(squares / values.length / (values.length - 1));
  }

  static DataTable table(Instance instance) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < instance.tokens().size(); i++) {
      rows.add(
          List.of(
              String.valueOf(i + 1),
              instance.tokens().get(i).text(),
              text(TokenMeasure.prob(instance.modelA(), i)),
              text(TokenMeasure.prob(instance.modelB(), i)),
              rank(instance.modelA(), i),
              rank(instance.modelB(), i)));
    }
    return new DataTable(
        List.of(
            "token",
            "text",
            "probability 1",
            "probability 2",
            "rank 1 (from 1)",
            "rank 2 (from 1)"),
        rows);
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : String.valueOf(value.floatValue());
  }

  private static String rank(Scores scores, int i) {
    Integer rank = i < scores.rank().size() ? scores.rank().get(i) : null;
    return rank == null ? "" : String.valueOf(rank + 1);
  }
}
