package io.modeldiff.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CampaignSpecTest {
  private static CampaignSpec spec(String hash, long seed) {
    InputSpace space = new InputSpace(8, new int[] {10}, IntStream.range(0, 10).toArray(), 11);
    return CampaignSpecs.builder(
            new ModelRef("m", "/models/m", hash, "f32"), space, new NllRange(1.74, 2.0))
        .seed(seed)
        .build();
  }

  @Test
  void streamSeed_ofTwoModelsWithOneSeed_differs() {
    assertThat(spec("aa", 1).streamSeed()).isNotEqualTo(spec("bb", 1).streamSeed());
    assertThat(spec("aa", 1).streamSeed()).isNotEqualTo(spec("aa", 2).streamSeed());
    assertThat(spec("aa", 1).streamSeed()).isEqualTo(spec("aa", 1).streamSeed());
  }
}
