package io.modeldiff.analysis.lmdiff.compat;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.instance.Instance;
import io.modeldiff.analysis.lmdiff.instance.InstanceAnalysis;
import io.modeldiff.analysis.lmdiff.instance.ModelView;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers the original's API from models and analysed corpora. */
public final class OriginalApiServer implements OriginalApi {
  /** Symbols of compatibility groups; the first is what the original gives to a custom pair. */
  private static final List<String> GROUPS =
      List.of("🦄", "🍀", "🌼", "💐", "🌺", "🌸", "🌻", "🌹");

  private static final int DIGITS = 4;

  private final ModelSource models;
  private final ComparisonSource comparisons;
  private final boolean compat;

  /**
   * @param compat score as the original does where it differs from what it means to do
   */
  public OriginalApiServer(ModelSource models, ComparisonSource comparisons, boolean compat) {
    this.models = models;
    this.comparisons = comparisons;
    this.compat = compat;
  }

  @Override
  public List<Map<String, Object>> allModels() {
    Map<String, String> groups = new LinkedHashMap<>();
    List<Map<String, Object>> list = new ArrayList<>();
    for (String name : models.names()) {
      String group =
          groups.computeIfAbsent(
              models.vocabularyHash(name), h -> GROUPS.get(groups.size() % GROUPS.size()));
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("model", name);
      entry.put("type", group);
      entry.put("token", models.masked(name) ? "bert" : "gpt");
      list.add(entry);
    }
    return list;
  }

  @Override
  public List<String> availableDatasets(String m1, String m2) {
    return m1.isEmpty() || m2.isEmpty() ? List.of() : comparisons.datasets(m1, m2);
  }

  @Override
  public Map<String, Object> analyzeText(String m1, String m2, String text) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("m1", m1);
    request.put("m2", m2);
    request.put("text", text);
    if (compat && nothingToMask(m1, text) && nothingToMask(m2, text)) {
      return Suggestions.ordered("request", request, "result", emptyResult(text));
    }
    InstanceAnalysis.Options options =
        compat
            ? InstanceAnalysis.Options.COMPAT
            : new InstanceAnalysis.Options(
                InstanceAnalysis.Options.DEFAULTS.topK(),
                InstanceAnalysis.Options.DEFAULTS.clamp(),
                InstanceAnalysis.Options.DEFAULTS.rules(),
                false);
    Instance instance =
        new InstanceAnalysis(models.model(m1), models.model(m2), options).analyze(text);
    TokenDifferences differences =
        instance
            .differences()
            .orElseThrow(() -> UserException.badInput(instance.comparability().reason()));
    return Suggestions.ordered("request", request, "result", result(instance, differences));
  }

  /** The original fails at a text without tokens only where the model is causal. */
  private boolean nothingToMask(String name, String text) {
    return models.masked(name) && models.model(name).tokenizer().encode(text).length == 0;
  }

  private static Map<String, Object> emptyResult(String text) {
    Map<String, Object> side = Suggestions.ordered("rank", List.of(), "prob", List.of());
    side.put("topk", List.of());
    Map<String, Object> diff = Suggestions.ordered("rank", List.of(), "prob", List.of());
    diff.put("rank_clamp", List.of());
    diff.put("topk", List.of());
    Map<String, Object> result = Suggestions.ordered("text", text, "tokens", List.of());
    result.put("m1", side);
    result.put("m2", side);
    result.put("diff", diff);
    return result;
  }

  @Override
  public Map<String, Object> newSuggestions(SuggestionRequest request) {
    Suggestions suggestions = new Suggestions(request);
    try (AnalysisCache first = comparisons.cache(request.dataset(), request.m1());
        AnalysisCache second = comparisons.cache(request.dataset(), request.m2())) {
      return suggestions.answer(
          comparisons.rows(request.dataset(), request.m1(), request.m2()), first, second);
    }
  }

  @Override
  public Map<String, Object> specificAttention(
      String m1, String m2, String text, int tokenIndex, boolean outward) {
    if (text.isEmpty()) {
      throw UserException.badInput("The text is empty; give at least one token to look at.");
    }
    return Suggestions.ordered(
        "m1", attention(m1, text, tokenIndex, outward),
        "m2", attention(m2, text, tokenIndex, outward));
  }

  private List<List<List<Double>>> attention(
      String name, String text, int tokenIndex, boolean outward) {
    LanguageModel model = models.model(name);
    boolean padded = model.tokenizer().size() != model.info().vocabulary();
    int start = compat && padded ? 0 : model.info().bos().orElse(0);
    return new Attention(model, text).of(tokenIndex, outward, !compat, start);
  }

  private static Map<String, Object> result(Instance instance, TokenDifferences d) {
    int skip = instance.first().ids().length - d.length();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("text", instance.text());
    result.put("tokens", instance.first().tokens().subList(skip, skip + d.length()));
    result.put("m1", side(instance.first()));
    result.put("m2", side(instance.second()));
    Map<String, Object> diff =
        Suggestions.ordered(
            "rank", Answers.ints(d.rank()), "prob", Answers.rounded(d.prob(), DIGITS));
    diff.put("rank_clamp", Answers.ints(d.clampedRank()));
    diff.put("topk", Answers.ints(d.topk()));
    result.put("diff", diff);
    return result;
  }

  private static Map<String, Object> side(ModelView view) {
    Map<String, Object> side =
        Suggestions.ordered(
            "rank",
            Answers.ints(view.scores().ranks()),
            "prob",
            Answers.rounded(view.scores().probs(), DIGITS));
    side.put("topk", Answers.topWithProbs(view.scores(), view.topTokens(), DIGITS));
    return side;
  }
}
