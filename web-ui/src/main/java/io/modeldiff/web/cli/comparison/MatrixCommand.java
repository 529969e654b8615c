package io.modeldiff.web.cli.comparison;

import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.ComparisonDocument.Share;
import io.modeldiff.web.result.Matrix;
import io.modeldiff.web.result.Numbers;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff comparison matrix}. */
@Command(
    name = "matrix",
    description =
        "Several models: from comparisons of pairs of them, which share of each one's inputs each"
            + " other one finds less likely, with the paper's Appendix B (eq. 16, 17) as a check.")
final class MatrixCommand extends ResultCommand {
  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description = "Comparisons over one input space, Z and λ; beginnings of ids are enough.")
  private List<String> ids = List.of();

  @Option(
      names = "--lambda",
      paramLabel = "L",
      defaultValue = "0",
      description = "Threshold for all of them, nats per token (default: 0).")
  private double lambda;

  @Mixin private ShelfOptions where = new ShelfOptions();

  MatrixCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    try (Shelf shelf = where.open(console())) {
      List<ComparisonDocument> documents = new ArrayList<>();
      for (String id : ids) {
        documents.add(shelf.result(shelf.find(id), lambda));
      }
      Matrix matrix = Matrix.of(documents);
      if (json()) {
        JsonDocument.print(console(), matrix);
      } else {
        print(matrix);
      }
    }
  }

  private void print(Matrix matrix) {
    PrintStream out = console().out();
    out.println("Share of each row's inputs that the column finds less likely, ± 95%:");
    out.printf(Locale.ROOT, "%-20s %14s", "", "inputs");
    matrix.models().forEach(m -> out.printf(Locale.ROOT, " %18s", m));
    out.println();
    for (int i = 0; i < matrix.models().size(); i++) {
      out.printf(
          Locale.ROOT, "%-20s %14s", matrix.models().get(i), Numbers.count(matrix.counts().get(i)));
      matrix.disagreement().get(i).forEach(s -> out.printf(Locale.ROOT, " %18s", cell(s)));
      out.println();
    }
    for (Matrix.Reference r : matrix.references()) {
      out.printf(
          Locale.ROOT,
          "%s by way of %s (eq. 16): PA off by %s, PD off by %s%n",
          r.model(),
          r.by(),
          off(r.paBA()),
          off(r.pdBA()));
    }
    out.flush();
  }

  private static String cell(@Nullable Share share) {
    Double value = share == null ? null : share.value();
    Double se = share == null ? null : share.se();
    return value == null ? "-" : se == null ? Numbers.percent(value) : Numbers.share(value, se);
  }

  private static String off(Matrix.@Nullable Off off) {
    return off == null
        ? "an unknown factor"
        : String.format(Locale.ROOT, "%+.2f%% ± %.2f%%", 100 * off.log(), 100 * off.se());
  }
}
