package io.modeldiff.web.result;

import io.modeldiff.analysis.comparison.StageTwo;
import io.modeldiff.core.exact.ExactCounts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The final table of a comparison, for people. */
public final class ComparisonTable {
  private static final String[] NAMES = {"PD A→B", "PA A→B", "PA B→A", "PD B→A"};
  private static final String[] MEANINGS = {
    "A's inputs that B finds less likely",
    "A's inputs that B finds more likely",
    "B's inputs that A finds more likely",
    "B's inputs that A finds less likely"
  };

  private final StringBuilder text = new StringBuilder();

  private ComparisonTable() {}

  /**
   * The exact answer to set beside the estimates: |X_A|, |X_B|, |X_A ∩ X_B| and the four terms.
   *
   * @param counts seven counts in that order
   * @param origin where it comes from, e.g. when it was enumerated
   */
  public record Exact(long[] counts, String origin) {
    /** Of an enumeration. */
    public static Exact of(ExactCounts c, String origin) {
      long[] counts = {c.a(), c.b(), c.both(), c.pdAB(), c.paAB(), c.paBA(), c.pdBA()};
      return new Exact(counts, origin);
    }
  }

  /**
   * The table.
   *
   * @param exact the exact answer, or null where none is known
   */
  public static String of(String a, String b, ComparisonDocument document, @Nullable Exact exact) {
    ComparisonTable table = new ComparisonTable();
    table.line("A = %s, B = %s", a, b);
    table.line(
        "evaluations: A %,.0f, B %,.0f, cross-scoring %,.0f; stopped by %s",
        document.evaluations().A(),
        document.evaluations().B(),
        document.evaluations().cross(),
        String.valueOf(document.stoppedBy()));
    table.sampling(document.sampling());
    table.line("");
    table.heading(exact != null);
    table.count("|A|", "inputs in Z of A", document.countA(), exact, 0, null);
    table.count("|B|", "inputs in Z of B", document.countB(), exact, 1, null);
    table.count("|A∩B|", "inputs in Z of both", document.countAB(), exact, 2, null);
    List<Count> terms = document.fourTerms();
    for (int i = 0; i < 4; i++) {
      table.count(
          NAMES[i], MEANINGS[i], terms.get(i), exact, 3 + i, document.ratio().pooled().get(i));
    }
    table.line("");
    table.ratios(document, exact);
    table.bridge(document.bridge());
    table.line("");
    document.checks().verdict().forEach(sentence -> table.line("%s", sentence));
    document.remarks().forEach(sentence -> table.line("note: %s", sentence));
    StageTwo paper = document.stageTwo();
    if (paper != null) {
      table.line(
          "the paper's stage 2: PD A→B %s and PA A→B %s of A, PA B→A %s and PD B→A %s of B",
          percent(paper.pdAB()),
          percent(paper.paAB()),
          percent(paper.paBA()),
          percent(paper.pdBA()));
    }
    return table.text.toString();
  }

  private void sampling(ComparisonDocument.Sampling s) {
    if (s.ladderA().isEmpty()) {
      line(
          "sampled by %s, independent replicates: A %d, B %d; budget %,d a model, seed %d",
          s.method(), s.replicates().get(0), s.replicates().get(1), s.budget(), s.seed());
      return;
    }
    line(
        "sampled by %s (%s), %d lanes, %d moves a round; counted rounds: A %,d on %d rungs, B %,d on"
            + " %d rungs; budget %,d a model, seed %d",
        s.method(),
        s.kernels(),
        s.lanes(),
        s.movesPerRound(),
        s.rounds().get(0),
        s.ladderA().size(),
        s.rounds().get(1),
        s.ladderB().size(),
        s.budget(),
        s.seed());
  }

  private void heading(boolean exact) {
    line(
        "%-7s %14s %9s %26s  %7s%s  %s",
        "",
        "inputs",
        "± (1 se)",
        "95% interval",
        "ratio",
        exact ? String.format(Locale.ROOT, " %14s %8s", "exact", "off") : "",
        "");
  }

  private void count(
      String name,
      String meaning,
      Count c,
      @Nullable Exact exact,
      int index,
      @Nullable Double ratio) {
    line(
        "%-7s %14s %9s %26s  %7s%s  %s",
        name,
        number(c.log10(), c.upperLog10()),
        percent(c.relSe()),
        interval(c),
        ratio == null ? "" : String.format(Locale.ROOT, "%.4f", ratio),
        exact == null ? "" : exact(c, exact.counts()[index]),
        meaning);
  }

  private static String exact(Count c, long truth) {
    Double log = c.log10();
    String off =
        log == null || truth == 0
            ? "-"
            : String.format(Locale.ROOT, "%+.2f%%", 100 * (Math.pow(10, log) / truth - 1));
    return String.format(Locale.ROOT, " %,14d %8s", truth, off);
  }

  private static String number(@Nullable Double log10, @Nullable Double upper) {
    if (log10 == null) {
      return upper == null ? "none seen" : "< " + number(upper, null);
    }
    return log10 < 12
        ? String.format(Locale.ROOT, "%,.0f", Math.pow(10, log10))
        : String.format(Locale.ROOT, "10^%.3f", log10);
  }

  private static String percent(@Nullable Double relSe) {
    return relSe == null ? "-" : String.format(Locale.ROOT, "%.2f%%", 100 * relSe);
  }

  private static String interval(Count c) {
    return c.low10() == null || c.high10() == null
        ? "-"
        : number(c.low10(), null) + " .. " + number(c.high10(), null);
  }

  private void ratios(ComparisonDocument document, @Nullable Exact exact) {
    ComparisonDocument.Ratio r = document.ratio();
    line("PD A→B : PA A→B : PA B→A : PD B→A");
    line("  pooled    %s   (the result)", ratio(r.pooled(), r.pooledSe()));
    line("  absolute  %s", ratio(r.absolute(), r.absoluteSe()));
    line("  R3        %s   (the paper's, eq. 7)", ratio(r.r3(), r.r3Se()));
    if (exact != null) {
      long[] c = exact.counts();
      if (c[3] == 0) {
        line("  exact     not defined, as PD A→B is 0");
      } else {
        line(
            "  exact     1 : %.4f          : %.4f          : %.4f",
            (double) c[4] / c[3], (double) c[5] / c[3], (double) c[6] / c[3]);
      }
      line("  (exact: %s)", exact.origin());
    }
  }

  private void bridge(@Nullable Bridge bridge) {
    if (bridge == null) {
      return;
    }
    line("");
    line(
        "bridge: %d rungs between the models, %d populations of %d on each, %,.0f evaluations of both"
            + " together",
        bridge.states().size(), bridge.replicates(), bridge.particles(), bridge.evaluations());
    count("|A|", "", bridge.countA(), null, 0, null);
    count("|B|", "", bridge.countB(), null, 0, null);
    count("|A∩B|", "", bridge.countAB(), null, 0, null);
    count(NAMES[0], "", bridge.terms().pdAB(), null, 0, null);
    count(NAMES[1], "", bridge.terms().paAB(), null, 0, null);
    count(NAMES[2], "", bridge.terms().paBA(), null, 0, null);
    count(NAMES[3], "", bridge.terms().pdBA(), null, 0, null);
    ResultChecks.Check closure = bridge.closure();
    Double se = closure == null ? null : closure.se();
    line(
        "closure between the two known ends: %s nats%s",
        closure == null ? "?" : String.format(Locale.ROOT, "%+.3f", closure.value()),
        se == null
            ? ", its error is unknown"
            : String.format(
                Locale.ROOT, " ± %.3f, %s", se, bridge.closed() ? "within 3 se" : "NOT CLOSED"));
  }

  private static String ratio(List<@Nullable Double> values, List<@Nullable Double> errors) {
    StringBuilder s = new StringBuilder(values.get(0) == null ? "not estimable" : "1");
    for (int i = 1; i < values.size(); i++) {
      Double value = values.get(i);
      Double error = errors.get(i);
      s.append(" : ");
      s.append(
          value == null
              ? "not estimable"
              : String.format(Locale.ROOT, "%.4f", value)
                  + (error == null ? "" : String.format(Locale.ROOT, " ± %.4f", error)));
    }
    return s.toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
