package io.modeldiff.analysis.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every figure of every case, against another implementation's numbers. */
class ChainDiagnosticsReferenceTest {
  @TestFactory
  List<DynamicTest> allFigures_referenceCases_agreeTo1e8() throws IOException {
    JsonNode reference;
    try (InputStream in =
        ChainDiagnosticsReferenceTest.class.getResourceAsStream("/reference/diagnostics.json")) {
      reference = new ObjectMapper().readTree(in);
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode example : reference.get("cases")) {
      ChainDiagnostics d = ChainDiagnostics.of(values(example.get("values")));
      example
          .get("golden")
          .properties()
          .forEach(
              e ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          example.get("name").asText() + " " + e.getKey(),
                          () -> check(figure(d, e.getKey()), number(e.getValue())))));
    }
    assertThat(tests).hasSizeGreaterThan(80);
    return tests;
  }

  private static void check(double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-8 * Math.max(1, Math.abs(expected))));
    }
  }

  private static double figure(ChainDiagnostics d, String name) {
    String[] parts = name.split("_");
    String kind = parts[0] + "_" + parts[1];
    return switch (kind) {
      case "rhat_rank" -> d.rHat();
      case "rhat_split" -> d.rHatSplit();
      case "rhat_folded" -> d.rHatFolded();
      case "rhat_z" -> d.rHatNormalScores();
      case "rhat_identity" -> d.rHatPlain();
      case "ess_bulk", "ess_z" -> d.essBulk();
      case "ess_tail" -> d.essTail();
      case "ess_mean" -> d.essMean();
      case "ess_sd" -> d.essSd();
      case "ess_median" -> d.essMedian();
      case "ess_mad" -> d.essMad();
      case "ess_folded" -> d.essFolded();
      case "ess_identity" -> d.essPlain();
      case "ess_quantile" -> d.essQuantile(Double.parseDouble(parts[2]));
      case "ess_local" -> d.essLocal(Double.parseDouble(parts[2]), Double.parseDouble(parts[3]));
      case "mcse_mean" -> d.mcseMean();
      case "mcse_sd" -> d.mcseSd();
      case "mcse_median" -> d.mcseMedian();
      case "mcse_quantile" -> d.mcseQuantile(Double.parseDouble(parts[2]));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static double[][] values(JsonNode chains) {
    double[][] v = new double[chains.size()][chains.get(0).size()];
    for (int c = 0; c < v.length; c++) {
      for (int i = 0; i < v[c].length; i++) {
        v[c][i] = number(chains.get(c).get(i));
      }
    }
    return v;
  }

  private static double number(JsonNode node) {
    return node.isTextual() && node.asText().equals("nan") ? Double.NaN : node.asDouble();
  }
}
