package io.modeldiff.analysis.lmdiff.cache;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.TokenScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores as the original tool does where it does something else than it means to: a masked model
 * sees the last content token of a text unmasked; a causal text starts with id 0 instead of the
 * start token when tokenizer and model have different numbers of tokens.
 */
final class CompatScoring {
  private CompatScoring() {}

  static List<TokenScores> score(LanguageModel model, List<int[]> texts, int topK) {
    if (model.info().kind() == ModelKind.MASKED) {
      return lastTokenSeen(model, texts, topK);
    }
    boolean fallback = model.tokenizer().size() != model.info().vocabulary();
    int start = fallback ? 0 : model.info().bos().orElse(0);
    if (model.info().bos().isPresent() && start == model.info().bos().getAsInt()) {
      return model.score(texts, topK);
    }
    return texts.stream().map(text -> startingWith(model, start, text, topK)).toList();
  }

  private static TokenScores startingWith(LanguageModel model, int start, int[] text, int topK) {
    int[] input = new int[text.length];
    System.arraycopy(text, 0, input, 1, text.length - 1);
    input[0] = start;
    return read(model.forward(input), text, topK);
  }

  private static List<TokenScores> lastTokenSeen(LanguageModel model, List<int[]> texts, int topK) {
    List<TokenScores> masked = model.score(texts, topK);
    List<TokenScores> results = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      int[] text = texts.get(i);
      int last = text.length - 1;
      float[][] seen = model.forward(SpecialTokens.of(model).around(text));
      results.add(
          replaceLast(
              masked.get(i), read(new float[][] {seen[last + 1]}, new int[] {text[last]}, topK)));
    }
    return results;
  }

  private static TokenScores replaceLast(TokenScores all, TokenScores last) {
    int at = all.rank().length - 1;
    double[] logProb = all.logProb().clone();
    int[] rank = all.rank().clone();
    int[][] topIds = all.topIds().clone();
    float[][] topProbs = all.topProbs().clone();
    logProb[at] = last.logProb()[0];
    rank[at] = last.rank()[0];
    topIds[at] = last.topIds()[0];
    topProbs[at] = last.topProbs()[0];
    return new TokenScores(all.ids(), all.from(), logProb, rank, topIds, topProbs);
  }

  /** Scores of tokens from the log-probabilities at their positions. */
  static TokenScores read(float[][] logp, int[] ids, int topK) {
    int n = ids.length;
    double[] logProb = new double[n];
    int[] rank = new int[n];
    int[][] topIds = new int[n][];
    float[][] topProbs = new float[n][];
    for (int i = 0; i < n; i++) {
      float[] row = logp[i];
      float own = row[ids[i]];
      logProb[i] = own;
      for (float other : row) {
        rank[i] += other > own ? 1 : 0;
      }
      topIds[i] = largest(row, topK);
      topProbs[i] = new float[topIds[i].length];
      for (int j = 0; j < topIds[i].length; j++) {
        topProbs[i][j] = (float) Math.exp(row[topIds[i][j]]);
      }
    }
    return new TokenScores(ids, 0, logProb, rank, topIds, topProbs);
  }

  private static int[] largest(float[] row, int k) {
    Integer[] order = new Integer[row.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Float.compare(row[b], row[a]));
    return Arrays.stream(order).limit(k).mapToInt(Integer::intValue).toArray();
  }
}
