package io.modeldiff.analysis.history;

import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import org.jspecify.annotations.Nullable;

/**
 * One campaign by itself, from the journal to its weights. It is followed: every event is read
 * once. Safe to use from several threads.
 */
public final class CampaignAnalysis {
  private final CampaignFollower campaign;
  private final SampleStore samples;

  /** Of a campaign, on a journal. */
  public CampaignAnalysis(HistoryReader reader, String campaign) {
    this.campaign = new CampaignFollower(reader, campaign);
    this.samples = new SampleStore(reader);
  }

  /**
   * Its counted samples and their weights by now; null while none counts.
   *
   * @throws io.modeldiff.core.error.UserException when there is no such campaign
   */
  public synchronized @Nullable Side read() {
    CampaignRecord record = campaign.read();
    return ComparisonAnalysis.side(record, samples, samples.read(record));
  }
}
