package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent;
import java.util.List;

/** Replays a campaign's history for tests. */
public final class CampaignReplay {
  private CampaignReplay() {}

  /** The state after these events. */
  public static CampaignState of(List<CampaignEvent> events) {
    CampaignState state = CampaignState.NONE;
    for (CampaignEvent event : events) {
      state = state.apply(event);
    }
    return state;
  }
}
