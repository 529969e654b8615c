package io.modeldiff.web.cli.score;

import io.modeldiff.analysis.lmdiff.instance.Instance;
import io.modeldiff.analysis.lmdiff.instance.InstanceAnalysis;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.web.compare.LocalComparisons;
import io.modeldiff.web.compare.Placement;
import io.modeldiff.web.instance.InstanceDocument;
import java.util.List;

/** What is found of texts by this command, with the comparisons of its data directory. */
final class LocalDiff {
  private final LanguageModel first;
  private final LanguageModel second;
  private final LocalComparisons comparisons;
  private final InstanceAnalysis analysis;

  LocalDiff(LanguageModel first, LanguageModel second, LocalComparisons comparisons) {
    this.first = first;
    this.second = second;
    this.comparisons = comparisons;
    this.analysis = new InstanceAnalysis(first, second, InstanceAnalysis.Options.DEFAULTS);
  }

  InstanceDocument of(String text) {
    Instance found = analysis.analyze(text);
    return InstanceDocument.of(found, places(found));
  }

  private List<Placement> places(Instance found) {
    return found.differences().isEmpty()
        ? List.of()
        : comparisons.place(
            first.info().hash(), second.info().hash(), found.predictionDifference());
  }
}
