package io.modeldiff.web.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code modeldiff annotate agreement FILE}. */
class AgreementCommandTest {
  /** Krippendorff (2011), section C: four observers, twelve units, gaps. */
  private static final String[] FOUR_OBSERVERS = {
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 ."
  };

  @TempDir private Path folder = Path.of("");

  private CliRun agreement(String name, String content, String... more) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    String[] args = new String[3 + more.length];
    args[0] = "annotate";
    args[1] = "agreement";
    args[2] = file.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return CliRun.of(args);
  }

  private static String table(String form, String gap, String... observers) {
    StringBuilder rows = new StringBuilder();
    for (int o = 0; o < observers.length; o++) {
      String[] scores = observers[o].split(" ", -1);
      for (int u = 0; u < scores.length; u++) {
        rows.append(String.format(form, u, o, scores[u].equals(".") ? gap : scores[u]));
      }
    }
    return rows.toString();
  }

  @Test
  void agreement_publishedTable_asCsvAndJsonLines() throws IOException {
    String csv = "score,by,item\n" + table("%3$s,o%2$d,u%1$d\n", "", FOUR_OBSERVERS);
    String jsonl = table("{\"item\":%d,\"by\":\"o%d\",\"score\":%s}\n", "null", FOUR_OBSERVERS);
    CliRun first = agreement("four.csv", csv, "--json");
    assertThat(first.exitCode()).as(first.err()).isZero();
    JsonNode json = first.json();
    assertThat(json.at("/nominal/value").asDouble()).isCloseTo(0.7434211, within(5e-8));
    assertThat(json.at("/ordinal/value").asDouble()).isCloseTo(0.8153875, within(5e-8));
    assertThat(json.at("/interval/value").asDouble()).isCloseTo(0.8491071, within(5e-8));
    assertThat(json.at("/nominal/units").asInt()).isEqualTo(11);
    assertThat(json.at("/pairs").size()).isEqualTo(6);
    assertThat(agreement("four.jsonl", jsonl, "--json").json()).isEqualTo(json);
    assertThat(agreement("four.csv", csv).out())
        .contains("Krippendorff's alpha, nominal: 0.7434211 (");
  }

  @ParameterizedTest
  @CsvSource({
    "1 1 1 1,1 1 1 1,all scores are equal",
    "1 2 . .,. . 1 2,no item has two scores",
    "1 2 1 2,. . . .,no item has two scores",
  })
  void agreement_withoutAValue_saysWhy(String first, String second, String why) throws IOException {
    String csv = "item,by,score\n" + table("u%d,o%d,%s\n", "", first, second);
    CliRun run = agreement("none.csv", csv);
    assertThat(run.out())
        .contains("nominal: not defined: " + why, "interval: not defined: " + why)
        .doesNotContain("NaN");
    JsonNode figure = agreement("none.csv", csv, "--json").json().path("ordinal");
    assertThat(figure.path("value").isNull()).isTrue();
    assertThat(figure.path("undefined").asText()).isEqualTo(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "item,by,score;u1,ann,good|Line 2 of the file must have a number as 'score'",
        "item,by,score;u1,ann,1;u1,ann,2|Line 3 of the file scores item 'u1' by 'ann' a second"
            + " time.",
        "item,by,score;u1,ann|Line 2 of the file has 2 cells, not 3.",
        "item,by;u1,ann|'score' is missing",
        "{\"item\":1,\"by\":\"ann\",\"score\":\"good\"}|Line 1 of the file must have a number",
        "{\"item\":1|Line 1 of the file is not JSON.",
        "{\"item\":1,\"score\":2}|Line 1 of the file must name an 'item' and who",
      })
  void agreement_badFile_isRefusedByLine(String content, String sentence) throws IOException {
    CliRun run = agreement("bad", content.replace(';', '\n'));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(sentence).doesNotContain("Exception");
  }
}
