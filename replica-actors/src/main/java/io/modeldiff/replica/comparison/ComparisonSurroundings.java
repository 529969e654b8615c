package io.modeldiff.replica.comparison;

import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.worker.ScoreProtocol;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What a comparison's coordinator needs around it.
 *
 * @param campaigns how to look at a campaign
 * @param scorers how to reach a scorer
 * @param publisher takes the view after every change
 * @param atRest told the id of a comparison that need not be woken
 * @param pollEvery how often to look for rounds to score
 * @param chunkSamples samples that one job covers, about
 * @param jobsPerModel jobs under way at a time for each model
 * @param resendEvery how long a job may take before it is asked for again
 */
public record ComparisonSurroundings(
    Campaigns campaigns,
    Scorers scorers,
    Consumer<ComparisonView> publisher,
    Consumer<String> atRest,
    Duration pollEvery,
    int chunkSamples,
    int jobsPerModel,
    Duration resendEvery) {

  /** Looks at campaigns. */
  public interface Campaigns {
    CompletionStage<CampaignView> view(String campaign);
  }

  /** Reaches scorers; the entity name spreads them over the workers. */
  public interface Scorers {
    void tell(String entity, ScoreProtocol.Score job);
  }
}
