package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent;
import java.util.ArrayList;
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

  /** Every state on the way, from before the start to the last. */
  public static List<CampaignState> statesOf(List<CampaignEvent> events) {
    List<CampaignState> states = new ArrayList<>(List.of(CampaignState.NONE));
    for (CampaignEvent event : events) {
      states.add(states.get(states.size() - 1).apply(event));
    }
    return states;
  }
}
