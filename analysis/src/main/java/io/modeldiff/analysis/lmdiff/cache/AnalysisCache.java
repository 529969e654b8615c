package io.modeldiff.analysis.lmdiff.cache;

import java.util.List;

/** What one model says about every phrase of one corpus. Read-only; safe for one thread. */
public interface AnalysisCache extends AutoCloseable {
  /** Model, corpus and vocabulary. */
  CacheHeader header();

  /** Vocabulary strings in id order. */
  List<String> vocabulary();

  /** Number of phrases. */
  int size();

  /**
   * One phrase. Reading in ascending order is fast.
   *
   * @param index 0-based
   */
  PhraseScores get(int index);

  @Override
  void close();
}
