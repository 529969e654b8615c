package io.modeldiff.replica.annotation;

import io.modeldiff.core.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/** What a project's owner is told. */
public final class AnnotationProtocol {
  private AnnotationProtocol() {}

  /** To a project. */
  public sealed interface Command extends CborSerializable permits Ask, Get, Decide, Stop {}

  /** A request; refusals come as an error with one sentence. */
  public record Ask(AnnotationRequest request, ActorRef<StatusReply<AnnotationReply>> replyTo)
      implements Command {}

  /** How far is it? */
  public record Get(ActorRef<StatusReply<AnnotationView>> replyTo) implements Command {}

  /** The shard moves or the node stops. */
  public record Stop() implements Command {}

  /** Decide and store what has come in. Never leaves the process. */
  record Decide() implements Command {}
}
