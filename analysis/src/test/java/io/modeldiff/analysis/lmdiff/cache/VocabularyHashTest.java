package io.modeldiff.analysis.lmdiff.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values were computed by CPython 3.11's pickle module. */
class VocabularyHashTest {
  @Test
  void of_twoTokens_equalsPublishedHash() {
    assertThat(VocabularyHash.of(Map.of("a", 0, "b", 1)))
        .isEqualTo("b5d554013c593c9883dbc03cca382693d8833eb3953bd8f3c0493c5812971243");
  }

  @ParameterizedTest
  @CsvSource({
    "0,ec0a6ccf9debf1c16781445c4b9106080d00478b0559469336db7c7b7b9711c8",
    "1,66d97230254b08a44eb42a28edfb315afe806715dabea114bf632eea8872890a",
    "2,cce565399ddc994af014b7bace6e0d7519b19f53f7a065fc98216ffa88fac5dd",
    "999,ffa982cf654cf0ace1d5dbee0554d1913cd50c4afb337e865562010e53b15664",
    "1000,57ecb7e981ebc0e5bc09e37411d674286716a14c25916d09db35da91464d2875",
    "1001,5188a19eb04a9d4d1f3b70e56c41c4175dc7bf46667851864dd64689960a6ca3",
    "2000,4b2bf5d9c9d2f146a03a71d6f6fb1dbe6cbf9eb15a4f5de95ede9e3bd82506ac",
    "5000,c30a42f480728ea6caf779c40c2c1e9153d85bec8df510e8ce01be28a58a8610",
    "70000,50e13d39376056a6f2397c95aa05427e45bf5e163c17077df3d43a7d6b40a1c4"
  })
  void of_sizesAroundBatchesAndFrames_equalsPython(int size, String expected) {
    Map<String, Integer> vocabulary = new HashMap<>();
    for (int i = 0; i < size; i++) {
      vocabulary.put("t" + i + "x".repeat(i % 7), i);
    }
    assertThat(VocabularyHash.of(vocabulary)).isEqualTo(expected);
  }

  @Test
  void of_tokensBeyondTheBasicPlane_sortsByCodePoint() {
    Map<String, Integer> vocabulary =
        Map.of("🚀", 0, "\uFFFD", 1, "\uE000", 2, "a", 3, "🚀b", 4, "é", 5);
    assertThat(VocabularyHash.of(vocabulary))
        .isEqualTo("71d1600a46a1f50523403f744a6829e8132ac42c38221fdf2280fb0d90c62ef1");
  }

  @Test
  void of_longTokenAndLargeId_usesWideEncodings() {
    assertThat(VocabularyHash.of(Map.of("y".repeat(300), 70000, "z", 65536)))
        .isEqualTo("a586d829ec5490f0189591d96ef2a767796f6caffbccfb13b7e5e7767396ce80");
  }
}
