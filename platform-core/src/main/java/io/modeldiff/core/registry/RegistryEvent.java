package io.modeldiff.core.registry;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.serialization.CborSerializable;

/** What was registered, in order. Names and ids are registered once and never change meaning. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RegistryEvent.ModelRegistered.class, name = "model-registered"),
  @JsonSubTypes.Type(value = RegistryEvent.CorpusRegistered.class, name = "corpus-registered"),
  @JsonSubTypes.Type(value = RegistryEvent.CorpusAnalyzed.class, name = "corpus-analyzed"),
  @JsonSubTypes.Type(value = RegistryEvent.CampaignListed.class, name = "campaign-listed"),
  @JsonSubTypes.Type(value = RegistryEvent.ComparisonListed.class, name = "comparison-listed"),
  @JsonSubTypes.Type(value = RegistryEvent.AnnotationListed.class, name = "annotation-listed")
})
public sealed interface RegistryEvent extends CborSerializable {

  /**
   * A model directory under a name, immutable from now on.
   *
   * @param hash SHA-256 over its files
   * @param kind {@code causal} or {@code masked}
   */
  record ModelRegistered(
      String name,
      String path,
      String hash,
      String architecture,
      String kind,
      int vocabulary,
      int positions,
      long parameters,
      Cause cause)
      implements RegistryEvent {}

  /**
   * A text collection under a name.
   *
   * @param hash checksum of its texts
   * @param texts number of texts
   */
  record CorpusRegistered(String name, String path, String hash, long texts, Cause cause)
      implements RegistryEvent {}

  /**
   * Somebody had a model score what it had not scored yet of a corpus. What came of it lies in the
   * store, whose content this does not change.
   *
   * @param hash checksum of the corpus' texts
   * @param modelHash SHA-256 over the model's files
   * @param rules how texts are scored
   */
  record CorpusAnalyzed(
      String corpus, String hash, String model, String modelHash, String rules, Cause cause)
      implements RegistryEvent {}

  /** A campaign was started. */
  record CampaignListed(String campaign, CampaignSpec spec, Cause cause) implements RegistryEvent {}

  /** A comparison was started. */
  record ComparisonListed(String comparison, ComparisonSpec spec, Cause cause)
      implements RegistryEvent {}

  /** An annotation project was created. */
  record AnnotationListed(String project, String name, String comparison, Cause cause)
      implements RegistryEvent {}
}
