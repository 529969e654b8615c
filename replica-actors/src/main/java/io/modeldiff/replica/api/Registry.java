package io.modeldiff.replica.api;

import io.modeldiff.core.registry.RegistryEvent;
import io.modeldiff.replica.registry.RegistryProtocol;
import io.modeldiff.replica.registry.RegistryState;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The platform's list of models, corpora, campaigns and comparisons. */
public final class Registry {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem<?> system;
  private final ActorRef<RegistryProtocol.Command> registry;

  /** Through the singleton's proxy. */
  public Registry(ActorSystem<?> system, ActorRef<RegistryProtocol.Command> registry) {
    this.system = system;
    this.registry = registry;
  }

  /**
   * Registers a model, corpus, campaign or comparison; the same again changes nothing. Fails with a
   * UserException when the name belongs to something else.
   */
  public CompletionStage<RegistryState> register(RegistryEvent what) {
    return Replies.orUserException(
        AskPattern.askWithStatus(
            registry,
            replyTo -> new RegistryProtocol.Register(what, replyTo),
            PATIENCE,
            system.scheduler()),
        "The registry");
  }

  /** Everything registered. */
  public CompletionStage<RegistryState> all() {
    return Replies.orUserException(
        AskPattern.askWithStatus(
            registry, RegistryProtocol.GetAll::new, PATIENCE, system.scheduler()),
        "The registry");
  }
}
