package io.modeldiff.analysis.lmdiff.cache;

import io.modeldiff.analysis.lmdiff.cache.Windows.Window;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.TokenScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores phrases under one model: many at a time, the model batching them by length. What is wrong
 * with a phrase is recorded with it and does not touch the others.
 */
public final class PhraseScorer {
  private final LanguageModel model;
  private final int topK;
  private final ScoringRules rules;

  /**
   * @param topK most likely tokens kept per position
   */
  public PhraseScorer(LanguageModel model, int topK, ScoringRules rules) {
    this.model = model;
    this.topK = Math.min(topK, model.info().vocabulary());
    this.rules = rules;
  }

  /** Scores phrases, in order. */
  public List<PhraseScores> score(List<String> phrases) {
    List<Job> jobs = phrases.stream().map(this::job).toList();
    List<int[]> texts = new ArrayList<>();
    jobs.forEach(j -> texts.addAll(j.pieces()));
    Optional<List<TokenScores>> all = tryScore(texts);
    List<PhraseScores> results = new ArrayList<>(jobs.size());
    int at = 0;
    for (Job job : jobs) {
      int end = at + job.pieces().size();
      results.add(all.isPresent() ? result(job, all.get().subList(at, end)) : alone(job));
      at = end;
    }
    return results;
  }

  /** Most tokens of a text that the model takes at once. */
  public static int capacity(LanguageModel model) {
    int positions = model.info().positions();
    return model.info().kind() == ModelKind.MASKED ? Math.max(1, positions - 2) : positions;
  }

  /** A phrase, its tokens, its windows, and what is wrong with it. */
  private record Job(String phrase, int[] ids, List<Window> windows, Optional<String> fault) {
    List<int[]> pieces() {
      return windows.stream()
          .map(w -> java.util.Arrays.copyOfRange(ids, w.start(), w.end()))
          .toList();
    }
  }

  private Job job(String phrase) {
    int[] ids;
    try {
      ids = model.tokenizer().encode(phrase);
    } catch (RuntimeException e) {
      // Tokenizers throw unchecked exceptions of their own kind.
      return new Job(
          phrase,
          new int[0],
          List.of(),
          Optional.of("cannot be split into tokens: " + e.getMessage()));
    }
    int capacity = capacity(model);
    if (ids.length == 0) {
      return new Job(phrase, ids, List.of(), Optional.of("has no tokens"));
    }
    if (rules.compat() && ids.length > capacity) {
      return new Job(
          phrase,
          ids,
          List.of(),
          Optional.of("has " + ids.length + " tokens, more than the context of " + capacity));
    }
    return new Job(
        phrase,
        ids,
        Windows.plan(ids.length, capacity, rules.stride(), model.info().kind()),
        Optional.empty());
  }

  private Optional<List<TokenScores>> tryScore(List<int[]> texts) {
    try {
      return Optional.of(scores(texts));
    } catch (UserException | IllegalArgumentException e) {
      return Optional.empty(); // one of them is at fault: each is scored alone to find which
    }
  }

  private List<TokenScores> scores(List<int[]> texts) {
    return rules.compat() ? CompatScoring.score(model, texts, topK) : model.score(texts, topK);
  }

  private PhraseScores alone(Job job) {
    try {
      return result(job, scores(job.pieces()));
    } catch (UserException | IllegalArgumentException e) {
      return PhraseScores.faulty(job.phrase(), topK, String.valueOf(e.getMessage()));
    }
  }

  private PhraseScores result(Job job, List<TokenScores> parts) {
    if (job.fault().isPresent()) {
      return PhraseScores.faulty(job.phrase(), topK, job.fault().get());
    }
    int unscored = parts.get(0).from();
    int n = job.ids().length - unscored;
    if (n == 0) {
      return PhraseScores.faulty(
          job.phrase(), topK, "has one token, which this model cannot score without a start token");
    }
    Columns columns = new Columns(n, topK);
    for (int w = 0; w < parts.size(); w++) {
      columns.take(job.ids(), job.windows().get(w), parts.get(w), unscored);
    }
    return columns.scores(job.phrase(), unscored);
  }

  /** The arrays of one phrase, filled window by window. */
  private static final class Columns {
    final int k;
    final int[] ids;
    final int[] ranks;
    final float[] probs;
    final float[] logProbs;
    final int[] topIds;
    final float[] topProbs;

    Columns(int n, int k) {
      this.k = k;
      ids = new int[n];
      ranks = new int[n];
      probs = new float[n];
      logProbs = new float[n];
      topIds = new int[n * k];
      topProbs = new float[n * k];
    }

    void take(int[] text, Window window, TokenScores scores, int unscored) {
      for (int t = Math.max(window.scoredFrom(), unscored); t < window.scoredTo(); t++) {
        int from = t - window.start() - scores.from();
        int to = t - unscored;
        ids[to] = text[t];
        ranks[to] = scores.rank()[from];
        logProbs[to] = (float) scores.logProb()[from];
        probs[to] = (float) Math.exp(scores.logProb()[from]);
        System.arraycopy(scores.topIds()[from], 0, topIds, to * k, k);
        System.arraycopy(scores.topProbs()[from], 0, topProbs, to * k, k);
      }
    }

    PhraseScores scores(String phrase, int unscored) {
      return new PhraseScores(
          phrase, unscored, ids, ranks, probs, logProbs, k, topIds, topProbs, Optional.empty());
    }
  }
}
