package io.modeldiff.web.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.web.compare.LocalComparisons.Model;
import io.modeldiff.web.compare.LocalComparisons.Stored;
import io.modeldiff.web.result.Bins;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementTest {
  private static final Bins COUNTS =
      new Bins(
          List.of(-0.2, -0.1, 0.0, 0.1),
          Arrays.asList(2.0, null, Math.log10(300)),
          Arrays.asList(null, null, null),
          List.of(1.0, 1.0, 1.0));

  @TempDir Path data;

  @Test
  void place_textInTheLastBin_isAboveTheFirstBinAndHalfOfItsOwn() {
    Placement place = only(comparisons().place("hashA", "hashB", 0.05));
    assertThat(place.foundByA().below()).isCloseTo(250.0 / 400, within(1e-12));
    assertThat(place.foundByA().from()).isEqualTo(0.0);
    assertThat(place.foundByA().log10()).isEqualTo(Math.log10(300));
    assertThat(place.foundByB()).isNull();
  }

  @Test
  void place_modelsTheOtherWayRound_turnsTheSign() {
    Placement place = only(comparisons().place("hashB", "hashA", 0.15));
    assertThat(place.d()).isEqualTo(-0.15);
    assertThat(place.foundByA().below()).isCloseTo(50.0 / 400, within(1e-12));
  }

  @Test
  void place_beyondTheHistogram_isNoneOrAll() {
    assertThat(only(comparisons().place("hashA", "hashB", 9)).foundByA().below()).isEqualTo(1.0);
    assertThat(only(comparisons().place("hashA", "hashB", -9)).foundByA().below()).isEqualTo(0.0);
  }

  @Test
  void place_otherModels_isNowhere() {
    assertThat(comparisons().place("hashA", "hashC", 0)).isEmpty();
  }

  private LocalComparisons comparisons() {
    LocalComparisons comparisons = new LocalComparisons(data);
    Bins nothing = new Bins(List.of(), List.of(), List.of(), List.of());
    comparisons.write(
        new Stored("cmp", new Model("a", "hashA"), new Model("b", "hashB"), 25, COUNTS, nothing));
    return comparisons;
  }

  private static Placement only(List<Placement> places) {
    assertThat(places).hasSize(1);
    return places.get(0);
  }
}
