package io.modeldiff.analysis.lmdiff.corpus;

/** Phrases by index. Reading in ascending order is fast. */
public interface Corpus {
  /** Name, size, hash. */
  CorpusInfo info();

  /** One phrase, 0-based. */
  Phrase get(int index);

  /** Number of phrases. */
  default int size() {
    return info().phrases();
  }
}
