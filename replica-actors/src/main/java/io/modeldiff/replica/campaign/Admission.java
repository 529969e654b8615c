package io.modeldiff.replica.campaign;

import org.apache.pekko.actor.typed.ActorRef;

/** Who decides how many campaigns run at a time. */
public interface Admission {
  /**
   * Asks for a place, or says that one is still held. Answered with {@link
   * CampaignProtocol.Admitted} or {@link CampaignProtocol.Queued}.
   *
   * @param since start of the campaign in epoch milliseconds: earlier ones come first
   * @param holding whether it runs already
   */
  void ask(
      String campaign, long since, boolean holding, ActorRef<CampaignProtocol.Command> replyTo);

  /** Gives the place back. */
  void release(String campaign);
}
