package io.modeldiff.web.cli.experiment;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.space.NllRange;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The set-ups of Model-diff, section 4 and Appendix C: N, Z, the range of temperatures T = 1/(β·n)
 * of its replica exchange, and its number of steps.
 */
enum Preset {
  TOY("small-toy", "large-toy", 8, 1.74, 2.00, "0-9", null, 100_000, "1 : 0.75 : 0.55 : 0.75"),
  GPT2_25("", "", 25, 2.0, 4.0, "all", new double[] {-2, -1.25}, 100_000, "1 : 0.02 : 0.01 : 1.03"),
  GPT2_100(
      "", "", 100, 4.0, 5.0, "all", new double[] {-3.5, -1.3}, 100_000, "1 : 0.00 : 0.00 : 29.84"),
  LLAMA_25("", "", 25, 3.5, 4.5, "all", new double[] {-6, 0}, 50_000, "1 : 0.01 : 0.01 : 1.61"),
  NOISE("mini-prose", "", 25, 2.0, 4.0, "all", new double[] {-2, -1.25}, 100_000, null),
  WHICH_IS_BETTER(
      "mini-prose",
      "mini-prose-tuned",
      25,
      2.0,
      4.0,
      "all",
      new double[] {-2, -1.25},
      100_000,
      null);

  /** Rungs between the ends of the paper's temperatures, which it does not number. */
  private static final int RUNGS = 10;

  final String a;
  final String b;
  final int length;
  final NllRange z;
  final String allow;
  final double[] logTemperatures;
  final long steps;
  final String paperRatio;

  Preset(
      String a,
      String b,
      int length,
      double low,
      double high,
      String allow,
      double @org.jspecify.annotations.Nullable [] logTemperatures,
      long steps,
      @org.jspecify.annotations.Nullable String paperRatio) {
    this.a = a;
    this.b = b;
    this.length = length;
    this.z = new NllRange(low, high);
    this.allow = allow;
    this.logTemperatures = logTemperatures == null ? new double[0] : logTemperatures;
    this.steps = steps;
    this.paperRatio = paperRatio == null ? "" : paperRatio;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Preset parse(String word) {
    return Arrays.stream(values())
        .filter(p -> p.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.badInput(
                    "There is no experiment '" + word + "'; there are " + words() + "."));
  }

  static String words() {
    return Arrays.stream(values()).map(Preset::word).collect(Collectors.joining(", "));
  }

  /** The paper's temperatures, evenly spaced in their logarithms; empty where it names none. */
  double[] temperatures() {
    if (logTemperatures.length == 0) {
      return new double[0];
    }
    double[] t = new double[RUNGS];
    for (int i = 0; i < RUNGS; i++) {
      double share = (double) i / (RUNGS - 1);
      t[i] = Math.pow(10, logTemperatures[0] + share * (logTemperatures[1] - logTemperatures[0]));
    }
    return t;
  }
}
