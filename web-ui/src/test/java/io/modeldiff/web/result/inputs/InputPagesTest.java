package io.modeldiff.web.result.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges with many and with few inputs give what a look at every single input gives. */
class InputPagesTest {
  private static final int ALL = 100_000;

  private final Tokenizer tokenizer =
      ModelDirectory.open(Path.of("../models/mini-prose")).tokenizer();
  private final RepresentativeInputs inputs =
      new RepresentativeInputs(
          Objects.requireNonNull(
              new ComparisonAnalysis(
                      new InventedComparison(32_000, tokenizer.size()), InventedComparison.ID)
                  .outcome()));

  private List<Input> all(String direction) {
    return inputs
        .page(InputQuery.of(direction, -InputQuery.WIDEST, InputQuery.WIDEST, ALL), tokenizer)
        .inputs();
  }

  @ParameterizedTest
  @CsvSource({
    "AB, -1, 1, 0, 9",
    "AB, -0.05, 0.03, 0, 9",
    "AB, -0.05, 0.03, 2.9, 3.1",
    "BA, 0.02, 0.0205, 0, 9",
    "BA, 0.02, 0.0215, 2.5, 3",
    "AB, 0.0999, 1, 0, 9",
    "AB, 0.5, 0.6, 0, 9"
  })
  void page_ofRanges_isWhatLiesInThem(
      String direction, double from, double to, double zFrom, double zTo) {
    List<Input> within =
        all(direction).stream()
            .filter(i -> i.d() >= from && i.d() <= to)
            .filter(i -> own(i) >= zFrom && own(i) <= zTo)
            .toList();
    for (int offset : new int[] {0, 7, 1_000_000}) {
      InputPage page =
          inputs.page(new InputQuery(direction, from, to, zFrom, zTo, "", offset, 5), tokenizer);
      assertThat(page.inputs()).isEqualTo(within.stream().skip(offset).limit(5).toList());
      assertThat(page.total()).isEqualTo(within.size());
      assertThat(page.within()).isEqualTo(within.size());
      assertThat(page.searched()).isEqualTo(within.size());
    }
    String text = "e t";
    List<Input> with = within.stream().filter(i -> lower(i).contains(text)).toList();
    InputPage found =
        inputs.page(new InputQuery(direction, from, to, zFrom, zTo, "E t", 1, 3), tokenizer);
    assertThat(found.inputs()).isEqualTo(with.stream().skip(1).limit(3).toList());
    assertThat(found.total()).isEqualTo(with.size());
    assertThat(found.within()).isEqualTo(within.size());
  }

  private static double own(Input input) {
    return input.direction().equals("AB") ? input.zA() : input.zB();
  }

  private static String lower(Input input) {
    return input.text().toLowerCase(java.util.Locale.ROOT);
  }

  @Test
  void one_byItsId_isTheInput() {
    for (Input input : all("BA").subList(0, 20)) {
      assertThat(inputs.one(input.id(), tokenizer)).isEqualTo(input);
    }
    assertThat(all("AB").stream().map(Input::id)).doesNotHaveDuplicates();
  }
}
