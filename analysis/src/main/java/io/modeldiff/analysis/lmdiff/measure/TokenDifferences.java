package io.modeldiff.analysis.lmdiff.measure;

import io.modeldiff.analysis.lmdiff.cache.PhraseScores;

/**
 * Model 2 − model 1 at each scored token of one phrase (LMdiff, section 2).
 *
 * @param rank [n] rank differences
 * @param clampedRank [n] differences of ranks clamped from above
 * @param prob [n] float32 differences of probabilities
 * @param topk [n] how many of model 1's top-k tokens model 2 does not have
 * @param surprisal [n] −ln p₂ + ln p₁, nats
 */
public record TokenDifferences(
    int[] rank, int[] clampedRank, float[] prob, int[] topk, double[] surprisal) {

  /** Ranks beyond this are treated alike, as in the paper. */
  public static final int DEFAULT_CLAMP = 50;

  /**
   * Differences of two analyses of the same tokens. Where one model leaves leading tokens unscored,
   * only the tokens that both score are compared.
   *
   * @throws IllegalArgumentException when the token ids differ
   */
  public static TokenDifferences of(PhraseScores first, PhraseScores second, int clamp) {
    PhraseScores a = first.dropFirst(Math.max(0, first.length() - second.length()));
    PhraseScores b = second.dropFirst(Math.max(0, second.length() - first.length()));
    if (!java.util.Arrays.equals(a.ids(), b.ids())) {
      throw new IllegalArgumentException("the two analyses are of different tokens");
    }
    int n = a.length();
    int[] rank = new int[n];
    int[] clamped = new int[n];
    float[] prob = new float[n];
    double[] surprisal = new double[n];
    for (int i = 0; i < n; i++) {
      rank[i] = b.ranks()[i] - a.ranks()[i];
      clamped[i] = Math.min(b.ranks()[i], clamp) - Math.min(a.ranks()[i], clamp);
      prob[i] = b.probs()[i] - a.probs()[i];
      surprisal[i] = (double) a.logProbs()[i] - b.logProbs()[i];
    }
    return new TokenDifferences(rank, clamped, prob, notShared(a, b, n), surprisal);
  }

  /** Number of tokens compared. */
  public int length() {
    return rank.length;
  }

  /** One quantity as doubles; those that need distributions are not here. */
  public double[] values(Quantity quantity) {
    return switch (quantity) {
      case RANK -> widen(rank);
      case CLAMPED_RANK -> widen(clampedRank);
      case TOPK -> widen(topk);
      case SURPRISAL -> surprisal.clone();
      case PROB -> {
        double[] values = new double[prob.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = prob[i];
        }
        yield values;
      }
      default -> throw new IllegalArgumentException(quantity + " needs both distributions");
    };
  }

  private static int[] notShared(PhraseScores a, PhraseScores b, int n) {
    int k1 = a.k();
    int k2 = b.k();
    int[] result = new int[n];
    for (int i = 0; i < n; i++) {
      int missing = 0;
      for (int x = i * k1; x < (i + 1) * k1; x++) {
        int id = a.topIds()[x];
        int y = i * k2;
        int end = y + k2;
        while (y < end && b.topIds()[y] != id) {
          y++;
        }
        missing += y == end ? 1 : 0;
      }
      result[i] = missing;
    }
    return result;
  }

  private static double[] widen(int[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
