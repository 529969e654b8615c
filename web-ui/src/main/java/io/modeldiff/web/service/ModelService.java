package io.modeldiff.web.service;

import io.modeldiff.web.access.Caller;
import io.modeldiff.web.corpus.TextGenerator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Registered models. */
public interface ModelService {
  /** All registered models, by name. */
  List<Model> list();

  /**
   * One model.
   *
   * @throws NotFoundException when no model has this name
   */
  Model get(String name);

  /** Registers a Hugging Face directory under a name. */
  Model add(String name, String directory, Caller who);

  /** Begins to have a causal model write texts: GeneratedTexts. */
  JobService.Job generate(String name, TextGenerator how, Caller who);

  /** Texts of one model. */
  record GeneratedTexts(String model, List<String> texts) {}

  /** Whether two models can be compared token by token, and if not, why. */
  Compatibility compatibility(String a, String b);

  /**
   * A registered model.
   *
   * @param name registered name
   * @param hash SHA-256 over its files
   * @param architecture e.g. {@code gpt2}
   * @param kind {@code causal} or {@code masked}
   * @param vocabulary number of token ids
   * @param positions most input positions
   * @param parameters number of weights, or null while the weights were not read
   * @param directory where its files are
   * @param group models of one group share a vocabulary, token for token
   */
  record Model(
      String name,
      String hash,
      String architecture,
      String kind,
      int vocabulary,
      int positions,
      @Nullable Long parameters,
      String directory,
      String group) {}

  /**
   * @param sameVocabulary whether both assign the same ids to the same tokens
   * @param reason one sentence that says why or why not
   */
  record Compatibility(boolean sameVocabulary, String reason) {}
}
