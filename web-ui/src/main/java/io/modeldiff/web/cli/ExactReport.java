package io.modeldiff.web.cli;

import io.modeldiff.core.exact.ExactResult;
import io.modeldiff.core.exact.ExactSide;
import io.modeldiff.core.exact.ExactSpec;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.web.compare.ExactAnswer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An exact result for people and as the JSON document that scripts rely on. */
record ExactReport(ExactAnswer<ExactResult> answer, ModelInfo a, ModelInfo b) {
  private ExactResult result() {
    return answer.result();
  }

  /** The document; fields as fixed for the command line, and a few more. */
  Map<String, Object> json() {
    ExactSpec spec = result().spec();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("models", Map.of("A", model(a), "B", model(b)));
    json.put("length", spec.space().length());
    json.put("scored", spec.space().scored());
    json.put("prefix", spec.space().prefix());
    json.put("allowed", spec.space().allowed());
    json.put("z", new double[] {spec.range().low(), spec.range().high()});
    json.put("lambda", spec.lambda());
    json.put("sequences", result().sequences());
    json.put("countA", result().a().count());
    json.put("countB", result().b().count());
    json.put("countAB", result().both());
    json.put("pdAB", result().pdAB());
    json.put("paAB", result().paAB());
    json.put("paBA", result().paBA());
    json.put("pdBA", result().pdBA());
    json.put("tiesAB", result().a().ties());
    json.put("tiesBA", result().b().ties());
    json.put("ratio", result().ratio());
    json.put("histogramAB", result().a().differences());
    json.put("histogramBA", result().b().differences());
    json.put("rhoA", result().a().rho());
    json.put("rhoB", result().b().rho());
    json.put("sumProbabilityA", result().a().totalProbability());
    json.put("sumProbabilityB", result().b().totalProbability());
    json.put("logZA", result().a().logZ());
    json.put("logZB", result().b().logZ());
    json.put("enumerated", answer.enumerated());
    json.put("kept", answer.kept());
    json.put("seconds", result().time().toNanos() * 1e-9);
    json.put("sequencesPerSecond", result().rate());
    return json;
  }

  private static Map<String, Object> model(ModelInfo info) {
    return Map.of("name", info.name(), "hash", info.hash());
  }

  /** A table. */
  String text() {
    ExactSpec spec = result().spec();
    StringBuilder text = new StringBuilder();
    line(
        text,
        "A = %s, B = %s, N = %d, Z = [%s, %s], λ = %s",
        a.name(),
        b.name(),
        spec.space().length(),
        spec.range().low(),
        spec.range().high(),
        spec.lambda());
    line(
        text,
        "%,d sequences in %.1f s (%,.0f per second, both models), %s",
        result().sequences(),
        result().time().toNanos() * 1e-9,
        result().rate(),
        answer.origin());
    line(text, "");
    line(
        text,
        "  inputs in Z    A %,15d    B %,15d    both %,15d",
        result().a().count(),
        result().b().count(),
        result().both());
    double[] ratio = result().ratio();
    line(text, "");
    term(text, "PD A→B", "A's inputs that B finds less likely", result().pdAB(), ratio[0]);
    term(text, "PA A→B", "A's inputs that B finds more likely", result().paAB(), ratio[1]);
    term(text, "PA B→A", "B's inputs that A finds more likely", result().paBA(), ratio[2]);
    term(text, "PD B→A", "B's inputs that A finds less likely", result().pdBA(), ratio[3]);
    line(text, "");
    side(text, "A", result().a());
    side(text, "B", result().b());
    return text.toString();
  }

  private static void term(
      StringBuilder text, String name, String meaning, long count, double share) {
    String ratio = Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.4f", share);
    line(text, "  %-7s %,15d   %7s   %s", name, count, ratio, meaning);
  }

  private static void side(StringBuilder text, String name, ExactSide side) {
    double[] edges = side.differences().edges();
    String range =
        edges.length == 0
            ? "no inputs"
            : String.format(Locale.ROOT, "D from %.2f to %.2f", edges[0], edges[edges.length - 1]);
    line(
        text,
        "  over %s's inputs: %s, %,d ties; Σp = %.8f",
        name,
        range,
        side.ties(),
        side.totalProbability());
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
