package io.modeldiff.analysis.history;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.Histories;

/** One campaign's own history, read event by event and never twice. */
final class CampaignFollower {
  private final EventSource reader;
  private final String campaign;
  private final CampaignRecord.Fold fold;
  private long next = 1;

  CampaignFollower(EventSource reader, String campaign) {
    this.reader = reader;
    this.campaign = campaign;
    this.fold = new CampaignRecord.Fold(campaign);
  }

  /**
   * What its history says by now.
   *
   * @throws UserException when there is no such campaign
   */
  CampaignRecord read() {
    next =
        reader.from(
            Histories.campaign(campaign),
            next,
            CampaignEvent.class,
            (sequence, event) -> fold.add(event));
    CampaignRecord found = fold.record();
    if (found == null) {
      throw UserException.badInput(
          "There is no campaign " + campaign + "; 'modeldiff campaign list' names them.");
    }
    return found;
  }
}
