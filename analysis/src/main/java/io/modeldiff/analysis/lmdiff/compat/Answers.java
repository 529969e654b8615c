package io.modeldiff.analysis.lmdiff.compat;

import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.measure.PythonNumbers;
import java.util.ArrayList;
import java.util.List;

/** Arrays as rounded JSON lists. */
final class Answers {
  private Answers() {}

  static List<Integer> ints(int[] values) {
    List<Integer> list = new ArrayList<>(values.length);
    for (int v : values) {
      list.add(v);
    }
    return list;
  }

  static List<Double> rounded(float[] values, int digits) {
    List<Double> list = new ArrayList<>(values.length);
    for (float v : values) {
      list.add(PythonNumbers.round(v, digits));
    }
    return list;
  }

  static List<Double> rounded(double[] values, int digits) {
    List<Double> list = new ArrayList<>(values.length);
    for (double v : values) {
      list.add(PythonNumbers.round(v, digits));
    }
    return list;
  }

  /** {@code [N][k][token, probability]}. */
  static List<List<List<Object>>> topWithProbs(
      PhraseScores scores, List<List<String>> tokens, int digits) {
    List<List<List<Object>>> all = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      List<List<Object>> row = new ArrayList<>(scores.k());
      for (int j = 0; j < tokens.get(i).size(); j++) {
        double prob = scores.topProbs()[i * scores.k() + j];
        row.add(List.of(tokens.get(i).get(j), PythonNumbers.round(prob, digits)));
      }
      all.add(row);
    }
    return all;
  }

  /** {@code [N][k]} tokens from a vocabulary. */
  static List<List<String>> topTokens(PhraseScores scores, List<String> vocabulary) {
    List<List<String>> all = new ArrayList<>(scores.length());
    for (int i = 0; i < scores.length(); i++) {
      List<String> row = new ArrayList<>(scores.k());
      for (int j = 0; j < scores.k(); j++) {
        row.add(token(vocabulary, scores.topIds()[i * scores.k() + j]));
      }
      all.add(row);
    }
    return all;
  }

  static List<String> tokens(int[] ids, List<String> vocabulary) {
    List<String> tokens = new ArrayList<>(ids.length);
    for (int id : ids) {
      tokens.add(token(vocabulary, id));
    }
    return tokens;
  }

  /** Ids beyond the vocabulary exist in models with a padded output layer. */
  private static String token(List<String> vocabulary, int id) {
    return id < vocabulary.size() ? vocabulary.get(id) : "";
  }
}
