package io.modeldiff.web.corpus;

import io.modeldiff.analysis.lmdiff.comparison.DatasetErrors;
import io.modeldiff.analysis.lmdiff.comparison.DatasetErrors.Finding;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import java.util.List;
import java.util.Locale;

/** Phrases that look like mistakes of the data: the document of {@code corpus errors}. */
public record SuspectPhrases(String corpus, int phrases, List<Suspect> errors) {

  /** A finding with its text. */
  public record Suspect(int phrase, String kind, double severity, String detail, String text) {}

  /** What is suspect in a corpus. */
  public static SuspectPhrases of(Corpus texts) {
    List<Suspect> errors = DatasetErrors.find(texts).stream().map(f -> suspect(f, texts)).toList();
    return new SuspectPhrases(texts.info().name(), texts.size(), errors);
  }

  private static Suspect suspect(Finding f, Corpus texts) {
    return new Suspect(
        f.phrase(),
        f.kind().name().toLowerCase(Locale.ROOT),
        f.severity(),
        f.detail(),
        texts.get(f.phrase()).text());
  }
}
