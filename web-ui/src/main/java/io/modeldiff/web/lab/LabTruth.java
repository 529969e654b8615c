package io.modeldiff.web.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.comparison.Histogram;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The exact answer of {@code modeldiff exact --json}.
 *
 * @param logCounts natural logs of |X_A|, |X_B|, PD_AB, PA_AB, PA_BA, PD_BA, |X_A ∩ X_B|
 * @param edgesAB edges of ρ_{A→B}(D)
 * @param shareAB its bins' shares
 */
public record LabTruth(
    double[] logCounts, double[] edgesAB, double[] shareAB, double[] edgesBA, double[] shareBA) {
  private static final String[] FIELDS = {
    "countA", "countB", "pdAB", "paAB", "paBA", "pdBA", "countAB"
  };

  public static LabTruth read(Path file) {
    try {
      JsonNode root = new ObjectMapper().readTree(file.toFile());
      double[] logs = new double[FIELDS.length];
      for (int i = 0; i < logs.length; i++) {
        logs[i] = Math.log(field(file, root, FIELDS[i]).asDouble());
      }
      JsonNode ab = field(file, root, "histogramAB");
      JsonNode ba = field(file, root, "histogramBA");
      return new LabTruth(
          logs,
          numbers(field(file, ab, "edges")),
          shares(numbers(field(file, ab, "counts"))),
          numbers(field(file, ba, "edges")),
          shares(numbers(field(file, ba, "counts"))));
    } catch (IOException e) {
      throw UserException.badInput(
          "The exact answer "
              + file
              + " could not be read as JSON; make it with modeldiff exact --json.",
          e);
    }
  }

  /** What a long run found, in place of an exact answer. */
  public static LabTruth of(LabOutcome run) {
    return new LabTruth(
        run.logCounts(),
        run.histogramAB().edges(),
        shares(counts(run.histogramAB())),
        run.histogramBA().edges(),
        shares(counts(run.histogramBA())));
  }

  private static JsonNode field(Path file, JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw UserException.badInput(
          "The exact answer "
              + file
              + " has no field '"
              + name
              + "'; make it with modeldiff exact --json.");
    }
    return value;
  }

  private static double[] numbers(JsonNode array) {
    double[] out = new double[array.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array.get(i).asDouble();
    }
    return out;
  }

  private static double[] shares(double[] counts) {
    double sum = 0;
    for (double c : counts) {
      sum += c;
    }
    double[] out = new double[counts.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = counts[i] / sum;
    }
    return out;
  }

  double distanceAB(Histogram estimate) {
    return distance(estimate, edgesAB, shareAB);
  }

  double distanceBA(Histogram estimate) {
    return distance(estimate, edgesBA, shareBA);
  }

  /** Total variation between two binned distributions whose bins are multiples of one width. */
  private static double distance(Histogram estimate, double[] edges, double[] share) {
    double[] own = shares(counts(estimate));
    if (own.length == 0 || share.length == 0) {
      return own.length == share.length ? 0 : 1;
    }
    double half = (edges[1] - edges[0]) / 2;
    double shared = 0;
    int j = 0;
    for (int i = 0; i < own.length; i++) {
      double middle = (estimate.edges()[i] + estimate.edges()[i + 1]) / 2;
      while (j < share.length - 1 && (edges[j] + edges[j + 1]) / 2 < middle - half) {
        j++;
      }
      if (Math.abs((edges[j] + edges[j + 1]) / 2 - middle) < half) {
        shared += Math.min(own[i], share[j]);
      }
    }
    return 1 - shared;
  }

  /** Counts per bin, scaled so that the largest is 1: counts themselves may exceed any double. */
  private static double[] counts(Histogram h) {
    double top = Double.NEGATIVE_INFINITY;
    for (var bin : h.bins()) {
      Double log = bin.log();
      top = log == null ? top : Math.max(top, log);
    }
    double[] out = new double[h.bins().size()];
    for (int i = 0; i < out.length; i++) {
      Double log = h.bins().get(i).log();
      out[i] = log == null ? 0 : Math.exp(log - top);
    }
    return out;
  }
}
