package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargestTest {
  @Test
  void offer_valuesWithTies_keepsTheLargestInOrder() {
    SplittableRandom random = new SplittableRandom(3);
    for (int n : new int[] {1, 4, 5, 6, 7, 200}) {
      float[] values = new float[n];
      Largest one = new Largest(5);
      for (int i = 0; i < n; i++) {
        values[i] = random.nextInt(20) - 10;
        one.offer(values[i], i);
      }
      Largest all = new Largest(5);
      all.offerAll(values, 0, n / 2, 0);
      all.offerAll(values, n / 2, n, n / 2);
      one.sort();
      all.sort();
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparing((Integer i) -> -values[i]))
              .limit(5)
              .mapToInt(i -> i)
              .toArray();
      assertThat(keys(one)).isEqualTo(order);
      assertThat(keys(all)).isEqualTo(order);
      assertThat(Arrays.stream(order).mapToDouble(i -> values[i]).toArray())
          .isEqualTo(IntStream.range(0, one.count()).mapToDouble(one::value).toArray());
    }
  }

  private static int[] keys(Largest largest) {
    return IntStream.range(0, largest.count()).map(largest::key).toArray();
  }
}
