package io.modeldiff.replica.comparison;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.replica.campaign.CampaignStatus;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.comparison.ComparisonState.Reach;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of one sampler's rounds that one other model is to score.
 *
 * @param side whose samples
 * @param scorer whose model
 * @param history persistence id of the sampler
 * @param fromSequence where to begin reading
 * @param fromRound first round
 * @param toRound round after the last one
 */
record Stretch(
    int side, int scorer, String history, long fromSequence, long fromRound, long toRound) {

  String job(String comparison) {
    return comparison + "/" + history + "/" + scorer + "/" + fromRound + "-" + toRound;
  }

  /** The stretches that can be scored now, at most one for each history and scorer. */
  static List<Stretch> due(
      ComparisonState state, int side, CampaignView campaign, int chunkSamples) {
    List<Stretch> due = new ArrayList<>(replicatesDue(state, side, campaign));
    if (campaign.schedule() == null || campaign.samplingFrom() < 0) {
      return due;
    }
    long end = end(campaign);
    int chunk = Math.max(1, chunkSamples / campaign.spec().lanes());
    for (int k = 0; k < campaign.schedule().betas().length; k++) {
      String history = Histories.replica(campaign.campaign(), k);
      for (int scorer = 0; scorer < state.defined().sides().size(); scorer++) {
        Reach reach = state.reach(history, scorer);
        long from = Math.max(campaign.samplingFrom(), reach.toRound());
        long to = Math.min(from + chunk, end);
        if (scorer != side && to > from && (to == from + chunk || over(campaign))) {
          due.add(new Stretch(side, scorer, history, reach.toSequence() + 1, from, to));
        }
      }
    }
    return due;
  }

  /** SMC replicates that count, each a stretch of its own. */
  private static List<Stretch> replicatesDue(
      ComparisonState state, int side, CampaignView campaign) {
    List<Stretch> due = new ArrayList<>();
    for (int i = campaign.firstKept(); i < campaign.replicatesDone(); i++) {
      String history = Histories.smc(campaign.campaign(), i);
      for (int scorer = 0; scorer < state.defined().sides().size(); scorer++) {
        if (scorer != side && state.reach(history, scorer).toRound() < 1) {
          due.add(new Stretch(side, scorer, history, 1, 0, 1));
        }
      }
    }
    return due;
  }

  /** Whether no more rounds of the campaign will count, as things stand. */
  static boolean over(CampaignView campaign) {
    return campaign.status() == CampaignStatus.COMPLETED
        || campaign.status() == CampaignStatus.CANCELLED;
  }

  /** Round after the last one that counts so far. */
  static long end(CampaignView campaign) {
    return campaign.status() == CampaignStatus.COMPLETED
        ? campaign.throughRound() + 1
        : campaign.round();
  }

  /** Whether everything that counts in a campaign is scored by all others. */
  static boolean done(ComparisonState state, int side, CampaignView campaign) {
    return over(campaign) && due(state, side, campaign, Integer.MAX_VALUE).isEmpty();
  }

  /** Own energies (nats) that a sample must have to be scored: Z widened by the margin. */
  static double[] energyWindow(ComparisonSpec spec, CampaignSpec campaign) {
    int n = campaign.space().scored();
    double slack = 1e-6; // Z is decided on float32, so that an edge may lie a rounding further out
    return new double[] {
      n * (spec.z().low() - spec.crossMargin() - slack),
      n * (spec.z().high() + spec.crossMargin() + slack)
    };
  }
}
