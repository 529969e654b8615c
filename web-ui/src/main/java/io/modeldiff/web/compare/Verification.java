package io.modeldiff.web.compare;

import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.replica.campaign.CampaignRerun;
import io.modeldiff.web.platform.RunningPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Both campaigns of a comparison run once more from their specs, with another number of workers and
 * without a store, and compared with what is stored.
 *
 * @param workers how many shared the work of the second run
 * @param identical whether everything is the same to the last bit
 * @param sentences what was found, one for each campaign
 */
public record Verification(int workers, boolean identical, List<String> sentences) {
  public Verification {
    sentences = List.copyOf(sentences);
  }

  /** Runs both campaigns of a request again. */
  public static Verification of(
      RunningPlatform platform, CompareRequest request, int workers, WorkMonitor monitor) {
    List<String> sentences = new ArrayList<>();
    boolean identical = true;
    for (var spec : List.of(request.a(), request.b())) {
      String campaign = CampaignSpecs.id(spec);
      CampaignRerun.Outcome outcome = platform.rerun(workers).run(campaign, monitor);
      identical &= outcome.identical();
      sentences.add(sentence(campaign, outcome, workers));
    }
    return new Verification(workers, identical, sentences);
  }

  /** What a rerun of one campaign found. */
  public static String sentence(String campaign, CampaignRerun.Outcome outcome, int workers) {
    return outcome.identical()
        ? String.format(
            Locale.ROOT,
            "Campaign %s, run again from its spec with %d workers: %,d rounds and %d SMC replicates,"
                + " identical to the last bit.",
            campaign,
            workers,
            outcome.rounds(),
            outcome.replicates())
        : String.format(
            Locale.ROOT,
            "Campaign %s, run again from its spec with %d workers, is not the same: %s",
            campaign,
            workers,
            outcome.difference());
  }
}
