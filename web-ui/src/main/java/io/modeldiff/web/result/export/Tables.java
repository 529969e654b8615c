package io.modeldiff.web.result.export;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.web.result.Bins;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.Count;
import io.modeldiff.web.result.Sweep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of a result. */
public final class Tables {
  private static final String NATS = "nats per token";
  private static final String MISSING = "; missing where nothing was observed";

  private Tables() {}

  /** Names of all tables. */
  public static List<String> names() {
    return List.of("results", "histograms", "sweeps", "samples", "dictionary");
  }

  /** All of a result's tables. */
  public static List<Table> all(Outcome outcome, ComparisonDocument document, Tokenizer tokenizer) {
    List<Table> tables =
        new ArrayList<>(
            List.of(
                results(document),
                histograms(document),
                sweeps(document),
                samples(outcome, tokenizer)));
    tables.add(dictionary(List.copyOf(tables)));
    return tables;
  }

  /** Every figure of the result, one a row. */
  static Table results(ComparisonDocument d) {
    List<Column> columns =
        List.of(
            Column.text("quantity", "Its name in the compare document."),
            Column.real("value", "", "The figure itself, for shares and ratios."),
            Column.real("log10", "log10 of inputs", "log10 of a count" + MISSING + "."),
            Column.real("rel_se", "", "Relative standard error; missing where not estimable."),
            Column.real("low", "as value or log10", "Lower end of the 95% interval."),
            Column.real("high", "as value or log10", "Upper end of the 95% interval."),
            Column.real(
                "upper_log10", "log10 of inputs", "95% upper bound of an unobserved count."),
            Column.real("ess", "samples", "Effective number of samples behind a count."));
    return new Table(
        "results",
        columns,
        row -> {
          Map<String, Count> counts = new LinkedHashMap<>();
          counts.put("countA", d.countA());
          counts.put("countB", d.countB());
          counts.put("countAB", d.countAB());
          counts.put("pdAB", d.terms().pdAB());
          counts.put("paAB", d.terms().paAB());
          counts.put("paBA", d.terms().paBA());
          counts.put("pdBA", d.terms().pdBA());
          counts.put("tiesAB", d.ties().AB());
          counts.put("tiesBA", d.ties().BA());
          counts.forEach((name, c) -> count(row, name, c));
          share(row, "share.pdAB", d.shares().pdAB());
          share(row, "share.paAB", d.shares().paAB());
          share(row, "share.paBA", d.shares().paBA());
          share(row, "share.pdBA", d.shares().pdBA());
          share(row, "overlap.ofA", d.overlap().ofA());
          share(row, "overlap.ofB", d.overlap().ofB());
          ratio(row, "pooled", d.ratio().pooled(), d.ratio().pooledSe());
          ratio(row, "absolute", d.ratio().absolute(), d.ratio().absoluteSe());
          ratio(row, "r3", d.ratio().r3(), d.ratio().r3Se());
        });
  }

  private static void count(Consumer<@Nullable Object[]> row, String name, Count c) {
    row.accept(
        new @Nullable Object[] {
          name, null, c.log10(), c.relSe(), c.low10(), c.high10(), c.upperLog10(), c.ess()
        });
  }

  private static void share(
      Consumer<@Nullable Object[]> row, String name, ComparisonDocument.Share s) {
    Double value = s.value();
    Double se = s.se();
    Double relative = value == null || se == null || value == 0 ? null : (Double) (se / value);
    row.accept(new @Nullable Object[] {name, value, null, relative, s.low(), s.high(), null, null});
  }

  private static void ratio(
      Consumer<@Nullable Object[]> row,
      String norm,
      List<@Nullable Double> values,
      List<@Nullable Double> errors) {
    String[] terms = {"pdAB", "paAB", "paBA", "pdBA"};
    for (int i = 0; i < terms.length; i++) {
      Double value = values.get(i);
      Double se = errors.get(i);
      Double relative = value == null || se == null || value == 0 ? null : (Double) (se / value);
      row.accept(
          new @Nullable Object[] {
            "ratio." + norm + "." + terms[i], value, null, relative, null, null, null, null
          });
    }
  }

  /** ρ(D) and ρ(z) by bin. */
  static Table histograms(ComparisonDocument d) {
    List<Column> columns =
        List.of(
            Column.text("histogram", "AB: D over X_A; BA: D over X_B; zA, zB: z over Z."),
            Column.real("from", NATS, "Lower edge of the bin, included."),
            Column.real("to", NATS, "Upper edge of the bin, excluded."),
            Column.real("log10", "log10 of inputs", "log10 of the inputs in it" + MISSING + "."),
            Column.real("rel_se", "", "Relative standard error; missing where not estimable."),
            Column.real("ess", "samples", "Effective number of samples in the bin."));
    return new Table(
        "histograms",
        columns,
        row -> {
          bins(row, "AB", d.histogramAB());
          bins(row, "BA", d.histogramBA());
          bins(row, "zA", d.rhoA());
          bins(row, "zB", d.rhoB());
        });
  }

  private static void bins(Consumer<@Nullable Object[]> row, String name, Bins bins) {
    for (int i = 0; i < bins.count(); i++) {
      row.accept(
          new @Nullable Object[] {
            name,
            bins.edges().get(i),
            bins.edges().get(i + 1),
            bins.log10().get(i),
            bins.relSe().get(i),
            bins.ess().get(i)
          });
    }
  }

  /** The four terms by λ, and by where Z ends. */
  static Table sweeps(ComparisonDocument d) {
    List<Column> columns =
        List.of(
            Column.text("axis", "lambda: threshold; zUpper: upper end of Z, λ as asked."),
            Column.real("at", NATS, "Value on that axis."),
            Column.text("term", "pdAB, paAB, paBA or pdBA."),
            Column.real("log10", "log10 of inputs", "log10 of the term" + MISSING + "."),
            Column.real("rel_se", "", "Relative standard error; missing where not estimable."));
    return new Table(
        "sweeps",
        columns,
        row -> {
          sweep(row, "lambda", d.sweep());
          sweep(row, "zUpper", d.upperEdges());
        });
  }

  private static void sweep(Consumer<@Nullable Object[]> row, String axis, Sweep sweep) {
    String[] terms = {"pdAB", "paAB", "paBA", "pdBA"};
    for (int t = 0; t < terms.length; t++) {
      Sweep.Line line = sweep.lines().get(t);
      for (int i = 0; i < sweep.at().size(); i++) {
        row.accept(
            new @Nullable Object[] {
              axis, sweep.at().get(i), terms[t], line.log10().get(i), line.relSe().get(i)
            });
      }
    }
  }

  /** Every counted sample of both campaigns. */
  static Table samples(Outcome outcome, Tokenizer tokenizer) {
    List<Column> columns =
        List.of(
            Column.text("found_by", "A or B: whose campaign sampled it."),
            Column.whole("round", "Round, or number of the SMC replicate."),
            Column.whole("lane", "Lane (independent chain), or SMC replicate of its β."),
            Column.real("beta", "", "Inverse temperature that it was sampled at."),
            Column.real("z_a", NATS, "NLL under A; missing where not scored."),
            Column.real("z_b", NATS, "NLL under B; missing where not scored."),
            Column.real("d", NATS, "D = z_a − z_b; missing where not scored by both."),
            Column.truth("in_z", "Whether its own model's NLL lies in Z, so that it counts."),
            Column.real(
                "log10_weight",
                "log10 of inputs",
                "log10 of the number of inputs that it stands for, by its campaign's weights."),
            Column.text("tokens", "Token ids, separated by spaces: what was sampled."),
            Column.text("text", "Decoded text, for reading; encoding it may give other ids."));
    return new Table(
        "samples",
        columns,
        row -> {
          samples(row, "A", outcome.a(), outcome.comparison().spec().z(), tokenizer);
          samples(row, "B", outcome.b(), outcome.comparison().spec().z(), tokenizer);
        });
  }

  private static void samples(
      Consumer<@Nullable Object[]> row, String name, Side side, NllRange z, Tokenizer tokenizer) {
    double[] betas = side.input().weights().rungs().beta();
    for (int b = 0; b < side.samples().batches().size(); b++) {
      SampleBatch batch = side.samples().batches().get(b);
      for (int i = 0; i < batch.size(); i++) {
        int[] tokens = side.samples().tokens().get(b).sequence(i);
        Double own = (double) batch.zOwn()[i];
        Double other = batch.scored()[i] ? (Double) (double) batch.zOther()[i] : null;
        Double zA = name.equals("A") ? own : other;
        Double zB = name.equals("A") ? other : own;
        row.accept(
            new @Nullable Object[] {
              name,
              side.samples().rounds().get(b),
              (long) batch.lane()[i],
              betas[batch.rung()[i]],
              zA,
              zB,
              zA == null || zB == null ? null : (Double) (zA - zB),
              z.contains(batch.zOwn()[i]),
              side.logWeight(batch, i) / Math.log(10),
              Arrays.stream(tokens).mapToObj(String::valueOf).collect(Collectors.joining(" ")),
              tokenizer.decode(tokens)
            });
      }
    }
  }

  /** What every column of the other tables means. */
  static Table dictionary(List<Table> tables) {
    return new Table(
        "dictionary",
        List.of(
            Column.text("table", "Name of the table."),
            Column.text("column", "Name of its column."),
            Column.text("type", "text, whole, real or truth."),
            Column.text("unit", "Its unit; empty for none."),
            Column.text("meaning", "What it holds.")),
        row -> {
          for (Table table : tables) {
            for (Column c : table.columns()) {
              row.accept(
                  new @Nullable Object[] {
                    table.name(),
                    c.name(),
                    c.type().name().toLowerCase(Locale.ROOT),
                    c.unit(),
                    c.meaning()
                  });
            }
          }
        });
  }
}
