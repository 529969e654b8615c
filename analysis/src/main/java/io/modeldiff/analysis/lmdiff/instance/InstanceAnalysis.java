package io.modeldiff.analysis.lmdiff.instance;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.PhraseScorer;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.cache.Windows;
import io.modeldiff.analysis.lmdiff.cache.Windows.Window;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.Tokenizer.Encoded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks at one text under two models. */
public final class InstanceAnalysis {
  private final LanguageModel first;
  private final LanguageModel second;
  private final Options options;

  /**
   * What to compute.
   *
   * @param topK most likely tokens per position
   * @param clamp ranks beyond this are treated alike
   * @param rules how texts are scored
   * @param divergences whether to compare the full distributions at each token
   */
  public record Options(int topK, int clamp, ScoringRules rules, boolean divergences) {
    /** Top 10, clamp 50, divergences. */
    public static final Options DEFAULTS =
        new Options(
            CacheAnalysis.TOP_K, TokenDifferences.DEFAULT_CLAMP, ScoringRules.STANDARD, true);

    /** As the original tool. */
    public static final Options COMPAT =
        new Options(
            CacheAnalysis.TOP_K, TokenDifferences.DEFAULT_CLAMP, ScoringRules.COMPAT, false);

    /** The same with or without divergences, which take a second pass over the text. */
    public Options withDivergences(boolean wanted) {
      return new Options(topK, clamp, rules, wanted);
    }
  }

  /** Analyses with these models and options. */
  public InstanceAnalysis(LanguageModel first, LanguageModel second, Options options) {
    this.first = first;
    this.second = second;
    this.options = options;
  }

  /** Analyses a text; an empty one, or one without scored tokens, is refused. */
  public Instance analyze(String text) {
    if (text.isEmpty()) {
      throw UserException.badInput("The text is empty; give at least one token to look at.");
    }
    ModelView one = view(first, text);
    ModelView two = view(second, text);
    Comparability comparability =
        Comparability.of(first.info(), first.tokenizer(), second.info(), second.tokenizer());
    boolean same = comparability.sameTokens() && Arrays.equals(one.ids(), two.ids());
    return new Instance(
        text,
        comparability,
        one,
        two,
        same
            ? Optional.of(TokenDifferences.of(one.scores(), two.scores(), options.clamp()))
            : Optional.empty(),
        same && options.divergences() ? divergences(one, two) : List.of(),
        Segments.of(text, one, two));
  }

  private ModelView view(LanguageModel model, String text) {
    Encoded encoded = model.tokenizer().encodeWithSpans(text);
    PhraseScores scores =
        new PhraseScorer(model, options.topK(), options.rules()).score(List.of(text)).get(0);
    scores
        .fault()
        .ifPresent(
            fault -> {
              throw UserException.badInput(
                  "Model " + model.info().name() + " cannot score the text: it " + fault + ".");
            });
    return new ModelView(
        model.info().name(),
        encoded.ids(),
        names(model, encoded.ids()),
        encoded.starts(),
        encoded.ends(),
        scores,
        topTokens(model, scores),
        Windows.plan(
            encoded.ids().length,
            PhraseScorer.capacity(model),
            options.rules().stride(),
            model.info().kind()));
  }

  private List<Divergence> divergences(ModelView one, ModelView two) {
    int skip = Math.max(one.scores().unscored(), two.scores().unscored());
    int n = one.ids().length;
    List<Divergence> result = new ArrayList<>(n - skip);
    Rows rows1 = new Rows(first, one);
    Rows rows2 = new Rows(second, two);
    for (int t = skip; t < n; t++) {
      result.add(Divergence.of(rows1.at(t), rows2.at(t)));
    }
    return result;
  }

  /** Log-probability rows of a text's tokens, one window in memory at a time. */
  private static final class Rows {
    private final LanguageModel model;
    private final ModelView view;
    private int window = -1;
    private float[][] rows = new float[0][];

    Rows(LanguageModel model, ModelView view) {
      this.model = model;
      this.view = view;
    }

    float[] at(int token) {
      int wanted = 0;
      while (token >= view.windows().get(wanted).scoredTo()) {
        wanted++;
      }
      Window w = view.windows().get(wanted);
      if (wanted != window) {
        rows = model.logProbabilities(Arrays.copyOfRange(view.ids(), w.start(), w.end()));
        window = wanted;
      }
      return rows[token - w.start() - (w.end() - w.start() - rows.length)];
    }
  }

  private static List<String> names(LanguageModel model, int[] ids) {
    return IntStream.of(ids).mapToObj(model.tokenizer()::token).toList();
  }

  private static List<List<String>> topTokens(LanguageModel model, PhraseScores scores) {
    int k = scores.k();
    return IntStream.range(0, scores.length())
        .mapToObj(i -> names(model, Arrays.copyOfRange(scores.topIds(), i * k, (i + 1) * k)))
        .toList();
  }
}
