package io.modeldiff.analysis.lmdiff.compat;

import io.modeldiff.core.lm.LanguageModel;
import java.util.List;

/** Models by the names that a client sees. */
public interface ModelSource {
  /** All names, in the order to show them. */
  List<String> names();

  /** A loaded model; loads it at the first call. An unknown name is refused. */
  LanguageModel model(String name);

  /** Hash of a model's vocabulary: models with the same can be compared. */
  String vocabularyHash(String name);

  /** Whether a model is a masked one. */
  boolean masked(String name);
}
