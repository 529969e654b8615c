package io.modeldiff.web.cli.compare;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.result.inputs.Input;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.RepresentativeInputs;
import java.util.Locale;

/** A few inputs that each model likes and the other does not, for a terminal. */
final class InputsText {
  private static final int SHOWN = 5;

  private InputsText() {}

  static String of(Outcome outcome, Tokenizer tokenizer) {
    String a = outcome.a().campaign().spec().model().name();
    String b = outcome.b().campaign().spec().model().name();
    double lambda = outcome.asked().lambda();
    RepresentativeInputs inputs = new RepresentativeInputs(outcome);
    return part(
            inputs,
            InputQuery.of("AB", -InputQuery.WIDEST, -lambda, SHOWN),
            String.format(Locale.ROOT, "Inputs that %s finds likely and %s less so:", a, b),
            tokenizer)
        + part(
            inputs,
            InputQuery.of("BA", lambda, InputQuery.WIDEST, SHOWN),
            String.format(Locale.ROOT, "Inputs that %s finds likely and %s less so:", b, a),
            tokenizer);
  }

  private static String part(
      RepresentativeInputs inputs, InputQuery query, String title, Tokenizer tokenizer) {
    StringBuilder text = new StringBuilder("\n" + title + "\n");
    for (Input input : inputs.page(query, tokenizer).inputs()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %s%n      z_A %.2f, z_B %.2f nats per token; stands for %s inputs%n",
              shown(input.text()),
              input.zA(),
              input.zB(),
              Numbers.plainMagnitude(input.log10Weight())));
    }
    return text.toString();
  }

  private static String shown(String text) {
    return text.replaceAll("\\R", "\\\\n").replaceAll("\\p{Cntrl}", "\u2423").strip();
  }
}
