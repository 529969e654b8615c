package io.modeldiff.analysis.annotation;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.lm.PrefixTree;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Scores every sequence of N digits under two toy models and counts, for each of the four terms at
 * λ = 0, the members and those of them whose digit sum is divisible by 30. Arguments: N, z low, z
 * high. What it prints for N = 8 is {@code toy-rule.json}.
 */
public final class RuleCounts {
  private static final int FREE = 5;
  private static final double EDGE = 1e-3;

  private RuleCounts() {}

  public static void main(String[] args) {
    int n = Integer.parseInt(args[0]);
    NllRange z = new NllRange(Double.parseDouble(args[1]), Double.parseDouble(args[2]));
    try (LanguageModel a = model("small-toy", "cpu:0");
        LanguageModel b = model("large-toy", "cpu:1")) {
      InputSpace space = new InputSpace(n, new int[] {10}, IntStream.range(0, 10).toArray(), 11);
      System.out.println(count(a, b, space, z, n));
    }
  }

  private static LanguageModel model(String name, String place) {
    return ModelLoader.load(
        ModelDirectory.open(Path.of("..", "models", name)), new LoadOptions(place, "f32"));
  }

  private static String count(
      LanguageModel a, LanguageModel b, InputSpace space, NllRange z, int n) {
    int free = Math.min(FREE, n - 1);
    int block = (int) Math.pow(10, free);
    float[] zA = new float[block];
    float[] zB = new float[block];
    long[] all = new long[4];
    long[] valid = new long[4];
    try (PrefixTree treeA = a.openTree(space);
        PrefixTree treeB = b.openTree(space)) {
      for (int start = 0; start < (int) Math.pow(10, n - free); start++) {
        int[] digits = digits(start, n - free);
        CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> fill(treeA, digits, z, zA, n)),
                CompletableFuture.runAsync(() -> fill(treeB, digits, z, zB, n)))
            .join();
        int sum = IntStream.of(digits).sum();
        for (int i = 0; i < block; i++) {
          int rule = (sum + IntStream.of(digits(i, free)).sum()) % 30 == 0 ? 1 : 0;
          int side = Float.compare(zA[i], zB[i]);
          if (z.contains(zA[i]) && side != 0) {
            all[side < 0 ? 0 : 1]++;
            valid[side < 0 ? 0 : 1] += rule;
          }
          if (z.contains(zB[i]) && side != 0) {
            all[side < 0 ? 2 : 3]++;
            valid[side < 0 ? 2 : 3] += rule;
          }
        }
      }
    }
    return "{\"terms\": [\"pdAB\", \"paAB\", \"paBA\", \"pdBA\"], \"members\": "
        + java.util.Arrays.toString(all)
        + ", \"valid\": "
        + java.util.Arrays.toString(valid)
        + "}";
  }

  private static int[] digits(int number, int length) {
    int[] digits = new int[length];
    for (int i = length - 1; i >= 0; i--) {
      digits[i] = number % 10;
      number /= 10;
    }
    return digits;
  }

  /**
   * Sequences beyond the range may come out as +∞: neither their membership nor D's sign changes.
   */
  private static void fill(PrefixTree tree, int[] start, NllRange range, float[] z, int n) {
    tree.enumerate(
        start,
        n * range.high() + EDGE,
        (first, energies) -> {
          for (int i = 0; i < energies.length; i++) {
            z[(int) (first % z.length) + i] = (float) (energies[i] / n);
          }
        });
  }
}
