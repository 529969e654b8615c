package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.platform.Corpora;
import io.modeldiff.web.platform.Corpora.Analyst;

/** One analysis by the platform's workers, shown on the console while it goes. */
final class Analyzing {
  private Analyzing() {}

  static ChunkedCache run(
      Console console, Corpora corpora, Analyst model, Corpus texts, ScoringRules rules, int topK) {
    try (ProgressDisplay progress =
        console.progress("Analyzing with " + model.name(), texts.size(), "phrases")) {
      return corpora.analyze(model, texts, rules, topK, progress);
    }
  }
}
