package io.modeldiff.analysis.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTokensTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 256, 257, 65_536, 65_537, 1 << 24, (1 << 24) + 1, Integer.MAX_VALUE})
  void sequence_anyVocabulary_isWhatWasPacked(int vocabulary) {
    SplittableRandom random = new SplittableRandom(3);
    int[][] sequences = new int[50][];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = random.ints(7, 0, vocabulary).toArray();
    }
    sequences[11][3] = vocabulary - 1;
    PackedTokens packed = PackedTokens.of(sequences);
    for (int i = 0; i < sequences.length; i++) {
      assertThat(packed.sequence(i)).isEqualTo(sequences[i]);
    }
    assertThat(packed.length()).isEqualTo(7);
  }

  @Test
  void inCommon_sequencesOfTwoPacks_countsEqualPlaces() {
    PackedTokens narrow = PackedTokens.of(new int[][] {{1, 2, 3, 4}, {5, 6, 7, 8}});
    PackedTokens wide = PackedTokens.of(new int[][] {{5, 60_000, 7, 7}});
    assertThat(narrow.inCommon(1, wide, 0)).isEqualTo(2);
    assertThat(narrow.inCommon(0, wide, 0)).isZero();
    assertThat(narrow.inCommon(0, narrow, 0)).isEqualTo(4);
  }

  @Test
  void of_nothingAndUnequalLengths_isEmptyAndRefused() {
    assertThat(PackedTokens.of(new int[0][]).length()).isZero();
    assertThatThrownBy(() -> PackedTokens.of(new int[][] {{1}, {1, 2}}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
