package io.modeldiff.analysis.lmdiff.cache;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.TokenScores;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores as the original tool does where it does something else than it means to: a masked model
 * sees the last content token of a text unmasked; a causal text starts with id 0 instead of the
 * start token when tokenizer and model have different numbers of tokens.
 */
final class CompatScoring {
  private CompatScoring() {}

  static List<TokenScores> score(LanguageModel model, List<int[]> texts, int topK) {
    if (model.info().kind() == ModelKind.MASKED) {
      return model.scoreSeeingLast(texts, topK);
    }
    boolean fallback = model.tokenizer().size() != model.info().vocabulary();
    int start = fallback ? 0 : model.info().bos().orElse(0);
    if (model.info().bos().isPresent() && start == model.info().bos().getAsInt()) {
      return model.score(texts, topK);
    }
    int[] all = IntStream.range(0, model.info().vocabulary()).toArray();
    return model.score(texts, new int[] {start}, all, topK);
  }
}
