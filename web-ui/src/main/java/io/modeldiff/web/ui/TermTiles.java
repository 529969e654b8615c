package io.modeldiff.web.ui;

import com.vaadin.flow.component.html.Div;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.ComparisonDocument.Ratio;
import io.modeldiff.web.result.Count;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.ui.part.Tile;
import io.modeldiff.web.ui.part.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The four counts of Table 1 and the sizes that they are shares of, as tiles. */
final class TermTiles extends Div {
  private static final long serialVersionUID = 1L;

  TermTiles(ComparisonDocument result, String a, String b, String normalisation) {
    addClassName("md-tiles");
    Ratio ratio = result.ratio();
    List<@Nullable Double> values =
        switch (normalisation) {
          case "absolute" -> ratio.absolute();
          case "r3" -> ratio.r3();
          default -> ratio.pooled();
        };
    List<@Nullable Double> errors =
        switch (normalisation) {
          case "absolute" -> ratio.absoluteSe();
          case "r3" -> ratio.r3Se();
          default -> ratio.pooledSe();
        };
    Count[] counts = {
      result.terms().pdAB(), result.terms().paAB(), result.terms().paBA(), result.terms().pdBA()
    };
    String[] names = {
      "PD A→B: found by " + a + ", likelier to " + a,
      "PA A→B: found by " + a + ", likelier to " + b,
      "PA B→A: found by " + b + ", likelier to " + a,
      "PD B→A: found by " + b + ", likelier to " + b
    };
    for (int i = 0; i < counts.length; i++) {
      Tile tile = new Tile(names[i], i == 0 || i == 3 ? Topic.PD : Topic.PA);
      tile.setId("term-" + i);
      tile.mark(i < 2 ? "a" : "b");
      tile.show(
          Numbers.count(counts[i]),
          i == 0
              ? "inputs ± one standard error; ratio 1 by definition"
              : "inputs; ratio "
                  + Numbers.withError(values.get(i), errors.get(i))
                  + " (one standard error)");
      add(tile);
    }
  }

  /** The sizes of both input sets and of their overlap. */
  static Div sizes(ComparisonDocument result, String a, String b) {
    Div tiles = new Div();
    tiles.addClassName("md-tiles");
    tiles.add(
        size("|X_A|: likely to " + a, Topic.Z_RANGE, result.countA()).mark("a"),
        size("|X_B|: likely to " + b, Topic.Z_RANGE, result.countB()).mark("b"),
        size("|X_A∩B|: likely to both", Topic.R3, result.countAB()),
        new Tile("Cost", Topic.EVALUATIONS)
            .show(
                whole(
                        result.evaluations().A()
                            + result.evaluations().B()
                            + result.evaluations().cross())
                    + " evaluations",
                whole(result.evaluations().A())
                    + " of A, "
                    + whole(result.evaluations().B())
                    + " of B, "
                    + whole(result.evaluations().cross())
                    + " across; "
                    + (result.stoppedBy() == null
                        ? "still running"
                        : "stopped by " + result.stoppedBy())));
    return tiles;
  }

  private static String whole(double evaluations) {
    return Numbers.whole(Math.round(evaluations));
  }

  private static Tile size(String name, Topic topic, Count estimate) {
    return new Tile(name, topic).show(Numbers.count(estimate), "inputs ± one standard error");
  }
}
