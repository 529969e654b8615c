package io.modeldiff.web.cli.comparison;

import io.modeldiff.web.result.Bins;
import io.modeldiff.web.result.ComparisonDocument.Share;
import io.modeldiff.web.result.ComparisonDocument.Shares;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusDocument.Read;
import io.modeldiff.web.result.corpus.CorpusDocument.Text;
import io.modeldiff.web.result.corpus.CorpusDocument.TextCounts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A corpus beside the sampled result, for a terminal. */
final class CorpusText {
  private static final int ROWS = 20;
  private static final String[] TERMS = {"PD A→B", "PA A→B", "PA B→A", "PD B→A"};
  private static final String[] MEANINGS = {
    "A's that B finds less likely",
    "A's that B finds more likely",
    "B's that A finds more likely",
    "B's that A finds less likely"
  };

  private final StringBuilder text = new StringBuilder();
  private final CorpusDocument document;

  private CorpusText(CorpusDocument document) {
    this.document = document;
  }

  static String of(CorpusDocument document) {
    CorpusText shown = new CorpusText(document);
    shown.read();
    if (document.read().distinct() > 0) {
      shown.inZ();
      shown.terms();
      shown.histogram();
      shown.inputs();
    }
    return shown.text.toString();
  }

  private void read() {
    CorpusDocument d = document;
    Read r = d.read();
    line("A = %s, B = %s; corpus %s", d.models().A(), d.models().B(), d.corpus());
    line(
        "%,d texts, %,d distinct, each counted once (%,d repeat another); left out: %,d with tokens"
            + " outside the input space, %,d too short, %,d too long",
        r.texts(), r.distinct(), r.repeats(), r.outside(), r.tooShort(), r.tooLong());
    if (d.firstTokens()) {
      line("every text is cut to its first %d tokens, as long as the comparison's", d.length());
    } else if (!d.lengths().isEmpty()) {
      line(
          "z is the mean NLL over a text's own %d to %d tokens (median %d); the comparison's inputs"
              + " have %d",
          d.lengths().get(0), d.lengths().get(2), d.lengths().get(1), d.length());
    }
  }

  private void inZ() {
    CorpusDocument d = document;
    line(
        "in Z = %s:%s: %s by A, %s by B, %s by both",
        d.z().get(0), d.z().get(1), part(d.inZ().A()), part(d.inZ().B()), part(d.inZ().both()));
    line(
        "z from the 5%% to the 95%% quantile: A %.2f to %.2f (median %.2f), B %.2f to %.2f (median"
            + " %.2f)",
        d.zA().get(0), d.zA().get(2), d.zA().get(1), d.zB().get(0), d.zB().get(2), d.zB().get(1));
  }

  private String part(long texts) {
    return String.format(
        Locale.ROOT, "%,d (%.1f%%)", texts, 100.0 * texts / document.read().distinct());
  }

  private void terms() {
    CorpusDocument d = document;
    Shares s = d.sampled().shares();
    List<Share> sampled = List.of(s.pdAB(), s.paAB(), s.paBA(), s.pdBA());
    List<Long> counts =
        List.of(d.terms().pdAB(), d.terms().paAB(), d.terms().paBA(), d.terms().pdBA());
    line("");
    line(
        "%-7s %8s %8s  %18s  at λ = %s, of %s",
        "",
        "texts",
        "corpus",
        "sampled",
        Numbers.significant(d.lambda(), 2),
        d.anyZ() ? "all texts" : "the texts in Z");
    for (int i = 0; i < TERMS.length; i++) {
      Double share = d.shares().get(i);
      line(
          "%-7s %8d %8s  %18s  %s",
          TERMS[i],
          counts.get(i),
          share == null ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * share),
          sampled(sampled.get(i)),
          MEANINGS[i]);
    }
  }

  private static String sampled(Share share) {
    Double value = share.value();
    Double se = share.se();
    return value == null
        ? "none seen"
        : se == null ? Numbers.percent(value) : Numbers.share(value, se);
  }

  /** Both histograms as percentages, over common bins that are wide enough to be few. */
  private void histogram() {
    CorpusDocument d = document;
    double[] ends =
        Stream.of(
                d.histogramAB().edges(),
                d.histogramBA().edges(),
                d.sampled().histogramAB().edges(),
                d.sampled().histogramBA().edges())
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    if (ends.length == 0) {
      return;
    }
    int bins = (int) Math.round((ends[ends.length - 1] - ends[0]) / d.bin());
    double width = d.bin() * ((bins + ROWS - 1) / ROWS);
    long first = (long) Math.floor(ends[0] / width + 1e-9);
    int rows = (int) (Math.ceil(ends[ends.length - 1] / width - 1e-9) - first);
    double[][] columns = {
      shares(d.histogramAB(), width, first, rows),
      shares(d.sampled().histogramAB(), width, first, rows),
      shares(d.histogramBA(), width, first, rows),
      shares(d.sampled().histogramBA(), width, first, rows)
    };
    line("");
    line("%-16s %19s %19s", "D = z_A - z_B", "inputs of A", "inputs of B");
    line("%-16s %9s %9s %9s %9s", "nats per token", "corpus", "sampled", "corpus", "sampled");
    for (int k = 0; k < rows; k++) {
      int row = k;
      if (Arrays.stream(columns).anyMatch(c -> c[row] > 0)) {
        line(
            "%+6.2f ..%+6.2f %9s %9s %9s %9s",
            (first + k) * width,
            (first + k + 1) * width,
            cell(columns[0][k]),
            cell(columns[1][k]),
            cell(columns[2][k]),
            cell(columns[3][k]));
      }
    }
  }

  private static String cell(double share) {
    return share == 0
        ? "."
        : share < 5e-4 ? "<0.1%" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static double[] shares(TextCounts h, double width, long first, int rows) {
    double[] out = new double[rows];
    for (int i = 0; i < h.counts().size(); i++) {
      out[row(h.edges(), i, width, first)] += h.counts().get(i);
    }
    return normalised(out);
  }

  private static double[] shares(Bins h, double width, long first, int rows) {
    double[] out = new double[rows];
    double top = h.log10().stream().mapToDouble(CorpusText::orNothing).max().orElse(0);
    for (int i = 0; i < h.count(); i++) {
      out[row(h.edges(), i, width, first)] += Math.pow(10, orNothing(h.log10().get(i)) - top);
    }
    return normalised(out);
  }

  private static double orNothing(@Nullable Double log10) {
    return log10 == null ? Double.NEGATIVE_INFINITY : log10;
  }

  private static int row(List<Double> edges, int bin, double width, long first) {
    double centre = (edges.get(bin) + edges.get(bin + 1)) / 2;
    return (int) (Math.floor(centre / width) - first);
  }

  private static double[] normalised(double[] counts) {
    double all = Arrays.stream(counts).sum();
    return all > 0 ? Arrays.stream(counts).map(c -> c / all).toArray() : counts;
  }

  private void inputs() {
    line("");
    line("Texts%s with the largest |D|:", document.anyZ() ? "" : " in Z");
    for (Text t : document.inputs()) {
      line(
          "D %+.3f  z_A %.3f%s  z_B %.3f%s  %d tokens  #%d",
          t.d(),
          t.zA(),
          t.inA() ? " in Z" : "",
          t.zB(),
          t.inB() ? " in Z" : "",
          t.tokens(),
          t.index());
      line("    %s", t.text().replace("\n", "\\n").replace("\r", "\\r").replace("\u001b", "\\e"));
    }
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
