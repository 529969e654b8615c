package io.modeldiff.replica.registry;

import io.modeldiff.core.registry.RegistryEvent;
import io.modeldiff.core.serialization.CborSerializable;
import io.modeldiff.replica.campaign.CampaignProtocol;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;

/** What the registry is told. */
public final class RegistryProtocol {
  private RegistryProtocol() {}

  /** To the registry. */
  public sealed interface Command extends CborSerializable {}

  /** Register something; registering the same thing again changes nothing. */
  public record Register(RegistryEvent what, ActorRef<StatusReply<RegistryState>> replyTo)
      implements Command {}

  /** What is there? */
  public record GetAll(ActorRef<StatusReply<RegistryState>> replyTo) implements Command {}

  /** A campaign asks for a place, or says that it still holds one. */
  public record AskPlace(
      String campaign, long since, boolean holding, ActorRef<CampaignProtocol.Command> replyTo)
      implements Command {}

  /** A campaign gives its place back, or a comparison has nothing to do: do not wake it. */
  public record Release(String entity) implements Command {}

  /** Time to wake campaigns and to forget holders that are no longer heard of. */
  record Sweep() implements Command {}
}
