package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.lm.LanguageModel;

/** Where a worker gets its models from. */
@FunctionalInterface
public interface ModelSource {
  /**
   * Loads a model and makes sure that its files are those that the campaign was started with.
   *
   * @throws io.modeldiff.core.error.UserException when they are missing, broken or different
   */
  LanguageModel load(ModelRef ref);
}
