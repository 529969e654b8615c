package io.modeldiff.analysis.lmdiff.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.analysis.lmdiff.ReferencePairs;
import io.modeldiff.analysis.lmdiff.ReferencePairs.Pair;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonCsvTest {
  @TempDir Path folder;

  static Stream<Pair> pairs() {
    return Stream.of(ReferencePairs.FAR, ReferencePairs.NEAR);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void write_originalsCaches_givesTheOriginalsBytesInBothDirections(Pair pair) throws IOException {
    for (List<String> order :
        List.of(List.of(pair.first(), pair.second()), List.of(pair.second(), pair.first()))) {
      try (AnalysisCacheFile a = AnalysisCacheFile.open(pair.cache(order.get(0)));
          AnalysisCacheFile b = AnalysisCacheFile.open(pair.cache(order.get(1)))) {
        Path target = folder.resolve(ComparisonCsv.fileName(a.header(), b.header()));
        ComparisonCsv.write(target, a, b, TokenDifferences.DEFAULT_CLAMP);
        assertThat(target).hasSameTextualContentAs(pair.csv(order.get(0), order.get(1)));
      }
    }
  }

  @Test
  void read_originalsFile_givesRows() throws IOException {
    List<ComparisonCsv.Row> rows = ComparisonCsv.read(ReferencePairs.FAR.csv("lm_a", "lm_b"));
    assertThat(rows).hasSize(60);
    assertThat(rows.get(1).tokens()).isEqualTo(21);
    assertThat(rows.get(1).values()[0]).isEqualTo(37.0);
  }

  @Test
  void read_damagedRow_namesTheLine() throws IOException {
    List<String> lines = Files.readAllLines(ReferencePairs.FAR.csv("lm_a", "lm_b"));
    Path damaged = Files.write(folder.resolve("x.csv"), List.of(lines.get(0), lines.get(1), "2,x"));
    assertThatThrownBy(() -> ComparisonCsv.read(damaged))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 3");
  }
}
