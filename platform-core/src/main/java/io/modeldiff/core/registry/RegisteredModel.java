package io.modeldiff.core.registry;

import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import java.util.Locale;

/**
 * A registered model as the local list knows it.
 *
 * @param name registered name
 * @param path absolute directory
 * @param hash SHA-256 over its files when it was registered
 */
public record RegisteredModel(
    String name,
    String path,
    String hash,
    String architecture,
    String kind,
    int vocabulary,
    int positions,
    long parameters) {

  /** The model in a directory, to be registered under a name. */
  public static RegisteredModel of(String name, ModelDirectory directory) {
    ModelInfo info = directory.info("f32", "cpu");
    return new RegisteredModel(
        name,
        directory.path().toString(),
        info.hash(),
        info.architecture(),
        info.kind().name().toLowerCase(Locale.ROOT),
        info.vocabulary(),
        info.positions(),
        info.parameters());
  }

  /** What the journal knows. */
  public static RegisteredModel of(RegistryEvent.ModelRegistered event) {
    return new RegisteredModel(
        event.name(),
        event.path(),
        event.hash(),
        event.architecture(),
        event.kind(),
        event.vocabulary(),
        event.positions(),
        event.parameters());
  }

  /** The event of its registration. */
  public RegistryEvent.ModelRegistered event(Cause cause) {
    return new RegistryEvent.ModelRegistered(
        name, path, hash, architecture, kind, vocabulary, positions, parameters, cause);
  }
}
