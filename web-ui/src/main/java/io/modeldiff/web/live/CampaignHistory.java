package io.modeldiff.web.live;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.web.service.CampaignService.HistoryEntry;
import java.util.ArrayList;
import java.util.List;

/** Who did what to a campaign, from its events. */
final class CampaignHistory {
  private static final String PLATFORM = "platform";

  private final List<HistoryEntry> entries = new ArrayList<>();
  private long rounds;
  private long samplingRounds;

  void add(CampaignEvent event) {
    if (event instanceof CampaignEvent.RoundClosed closed) {
      rounds = closed.round() + 1;
      samplingRounds += closed.phase() == RoundPhase.SAMPLING ? 1 : 0;
    } else if (event instanceof CampaignEvent.CampaignStarted e) {
      by(
          e.cause(),
          e.clonedFrom() == null ? "started it" : "started it as a clone of " + e.clonedFrom());
    } else if (event instanceof CampaignEvent.CampaignPaused e) {
      by(e.cause(), "paused it");
    } else if (event instanceof CampaignEvent.CampaignResumed e) {
      by(e.cause(), "resumed it");
    } else if (event instanceof CampaignEvent.CampaignExtended e) {
      by(e.cause(), "extended it to " + e.evaluations() + " evaluations");
    } else if (event instanceof CampaignEvent.CampaignCancelled e) {
      by(e.cause(), "cancelled it");
    } else if (event instanceof CampaignEvent.CampaignFailed e) {
      entries.add(new HistoryEntry(e.at(), PLATFORM, "it failed", e.sentence()));
    } else if (event instanceof CampaignEvent.CampaignCompleted e) {
      entries.add(
          new HistoryEntry(
              e.at(),
              PLATFORM,
              "it completed",
              e.stoppedBy().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
    } else if (event instanceof CampaignEvent.PilotCompleted e) {
      entries.add(
          new HistoryEntry(
              e.at(), PLATFORM, "the pilot placed the ladder", String.join(" ", e.notes())));
    } else if (event instanceof CampaignEvent.LadderFrozen e) {
      entries.add(
          new HistoryEntry(
              e.at(),
              PLATFORM,
              "the ladder was frozen",
              e.schedule().betas().length + " rungs from round " + e.fromRound()));
    }
  }

  private void by(Cause cause, String what) {
    entries.add(new HistoryEntry(cause.at(), cause.who(), what, cause.why()));
  }

  List<HistoryEntry> entries() {
    return List.copyOf(entries);
  }

  long rounds() {
    return rounds;
  }

  long samplingRounds() {
    return samplingRounds;
  }
}
