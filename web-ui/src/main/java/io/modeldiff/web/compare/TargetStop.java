package io.modeldiff.web.compare;

import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.analysis.history.StoppingRule;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.web.platform.RunningPlatform;
import java.util.List;

/**
 * Ends both campaigns of a comparison at the round at which its target error is met. The round is a
 * function of what is stored, so that it does not matter who does it, or how often.
 */
public final class TargetStop {
  private final RunningPlatform platform;
  private final StoppingRule rule;

  /**
   * The stop of one comparison.
   *
   * @param target largest relative standard error
   */
  public TargetStop(RunningPlatform platform, ComparisonAnalysis analysis, double target) {
    this.platform = platform;
    this.rule = StoppingRule.of(analysis, target);
  }

  /** Whether both campaigns have come to the rule's next look. */
  public boolean isDue(CampaignView a, CampaignView b) {
    return isDue(a) && isDue(b);
  }

  private boolean isDue(CampaignView view) {
    return view.samplingFrom() >= 0
        && (view.stoppedBy() != null || view.round() - view.samplingFrom() >= rule.nextLook());
  }

  /** Looks, and ends both when it is time; says whether it was. */
  public boolean stopWhereMet(CampaignView a, CampaignView b) {
    StoppingRule.Stop stop = rule.advance();
    if (stop != null) {
      Cause cause = Cause.now("stopping rule", stop.reason().name());
      for (CampaignView view : List.of(a, b)) {
        long through = view.samplingFrom() + stop.rounds() - 1;
        RunningPlatform.await(
            platform.campaigns().finish(view.campaign(), stop.reason(), through, cause));
      }
    }
    return stop != null;
  }
}
