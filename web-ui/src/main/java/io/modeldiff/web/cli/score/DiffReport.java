package io.modeldiff.web.cli.score;

import io.modeldiff.analysis.lmdiff.instance.Divergence;
import io.modeldiff.analysis.lmdiff.instance.Segment;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.compare.Placement;
import io.modeldiff.web.compare.Placement.Share;
import io.modeldiff.web.instance.InstanceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code score --diff}: texts under two models, token by token. */
final class DiffReport {
  private final Console console;
  private final boolean json;

  DiffReport(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /** The document. */
  record Result(String m1, String m2, List<InstanceDocument> results) {}

  /**
   * Prints what is found of all texts.
   *
   * @param m1 model 1 as the person named it
   * @param finder finds it of one text
   */
  void print(String m1, String m2, TextSource source, Function<String, InstanceDocument> finder) {
    List<InstanceDocument> results = new ArrayList<>();
    source.each(
        item -> {
          console.quietMonitor().checkStop();
          results.add(finder.apply(text(item)));
        });
    if (json) {
      JsonDocument.print(console, new Result(m1, m2, results));
    } else {
      results.forEach(this::print);
    }
  }

  private static String text(TextSource.Item item) {
    String text = Objects.requireNonNull(item.text(), "token ids are refused");
    if (text.isEmpty()) {
      throw UserException.badInput(
          item.place() + " is empty; --diff needs texts of at least one token.");
    }
    return text;
  }

  private void print(InstanceDocument found) {
    console.out().println("# " + shown(found.text()));
    console.out().println(found.comparability().reason());
    line(
        "m1 %s: %.4f nats/token, %.4f bits/byte; m2 %s: %.4f nats/token, %.4f bits/byte%n",
        found.m1().model(),
        found.m1().nll(),
        found.bitsPerByte()[0],
        found.m2().model(),
        found.m2().nll(),
        found.bitsPerByte()[1]);
    if (found.m1().windows().size() > 1) {
      line(
          "Longer than the context: scored in %d windows, %d tokens apart.%n",
          found.m1().windows().size(), found.m1().windows().get(1).start());
    }
    found.placements().forEach(this::place);
    if (found.diff() != null) {
      tokens(found, found.diff());
    } else {
      segments(found);
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

  private void tokens(InstanceDocument found, TokenDifferences d) {
    line(
        "%-16s %7s %7s %8s %9s %9s %9s %5s %8s %8s%n",
        "token", "rank1", "rank2", "rank±", "prob1", "prob2", "prob±", "top±", "KL(1|2)", "JS");
    InstanceDocument.Side m1 = found.m1();
    InstanceDocument.Side m2 = found.m2();
    int skip = m1.tokenIds().length - d.length();
    for (int i = 0; i < d.length(); i++) {
      int one = i + skip - m1.unscored();
      int two = i + skip - m2.unscored();
      Divergence divergence = found.divergences().get(i);
      line(
          "%-16s %7d %7d %+8d %9.5f %9.5f %+9.5f %5d %8.4f %8.4f%n",
          shown(m1.tokens().get(i + skip)),
          m1.rank()[one] + 1,
          m2.rank()[two] + 1,
          d.rank()[i],
          m1.prob()[one],
          m2.prob()[two],
          d.prob()[i],
          d.topk()[i],
          divergence.kl12(),
          divergence.js());
    }
  }

  private void segments(InstanceDocument found) {
    line("%-24s %6s %10s %10s %10s%n", "span", "bytes", "bits1", "bits2", "bits±");
    for (Segment s : found.segments()) {
      line(
          "%-24s %6d %10.4f %10.4f %10.4f%n",
          shown(found.text().substring(s.start(), s.end())),
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
