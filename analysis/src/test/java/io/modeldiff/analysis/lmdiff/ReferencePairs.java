package io.modeldiff.analysis.lmdiff;

import java.nio.file.Path;

/** Output of the original tool on two pairs of tiny GPT-2s, in the test resources. */
public final class ReferencePairs {
  private static final Path ROOT = Path.of("src", "test", "resources", "lmdiff");

  /** Two unrelated models and sixty phrases. */
  public static final Pair FAR = new Pair(ROOT.resolve("gpt2_pair"), "lm_a", "lm_b", "sixty");

  /** A model and its noised copy. */
  public static final Pair NEAR =
      new Pair(ROOT.resolve("gpt2_near_pair"), "lm_m", "lm_n", "sixty_near");

  /** Two masked models of each kind, made by make_masked_references.py. */
  public static final Pair BERT = new Pair(ROOT.resolve("bert_pair"), "mlm_a", "mlm_b", "twelve");

  public static final Pair DISTILBERT =
      new Pair(ROOT.resolve("distilbert_pair"), "mlm_a", "mlm_b", "twelve");

  private ReferencePairs() {}

  /** One pair: a directory with both models, the dataset, the tool's output and its answers. */
  public record Pair(Path directory, String first, String second, String dataset) {
    public Path cache(String model) {
      return directory.resolve("analysis").resolve(dataset + "_._" + model + ".h5");
    }

    public Path csv(String m1, String m2) {
      return directory.resolve("analysis").resolve(m1 + "_" + m2 + "_" + dataset + ".csv");
    }

    public Path model(String name) {
      return directory.resolve(name);
    }

    public Path text() {
      return directory.resolve(dataset + ".txt");
    }
  }
}
