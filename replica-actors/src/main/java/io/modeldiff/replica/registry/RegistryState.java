package io.modeldiff.replica.registry;

import io.modeldiff.core.registry.RegistryEvent;
import io.modeldiff.core.registry.RegistryEvent.AnnotationListed;
import io.modeldiff.core.registry.RegistryEvent.CampaignListed;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.core.registry.RegistryEvent.CorpusRegistered;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.core.serialization.CborSerializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What is registered, by name or id, in the order of registration. */
public record RegistryState(
    Map<String, ModelRegistered> models,
    Map<String, CorpusRegistered> corpora,
    Map<String, CampaignListed> campaigns,
    Map<String, ComparisonListed> comparisons,
    Map<String, AnnotationListed> annotations)
    implements CborSerializable {
  static final RegistryState EMPTY =
      new RegistryState(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  // Snapshots of before there were annotation projects have none.
  public RegistryState {
    annotations = Objects.requireNonNullElse(annotations, Map.of());
  }

  RegistryState apply(RegistryEvent event) {
    if (event instanceof ModelRegistered e) {
      return new RegistryState(
          with(models, e.name(), e), corpora, campaigns, comparisons, annotations);
    } else if (event instanceof CorpusRegistered e) {
      return new RegistryState(
          models, with(corpora, e.name(), e), campaigns, comparisons, annotations);
    } else if (event instanceof CampaignListed e) {
      return new RegistryState(
          models, corpora, with(campaigns, e.campaign(), e), comparisons, annotations);
    } else if (event instanceof ComparisonListed e) {
      return new RegistryState(
          models, corpora, campaigns, with(comparisons, e.comparison(), e), annotations);
    } else if (event instanceof AnnotationListed e) {
      return new RegistryState(
          models, corpora, campaigns, comparisons, with(annotations, e.project(), e));
    }
    return this;
  }

  private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
    Map<String, V> next = new LinkedHashMap<>(map);
    next.put(key, value);
    return next;
  }
}
