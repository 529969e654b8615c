package io.modeldiff.web.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.web.access.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's life: started, paused, resumed, cancelled, extended, cloned. Every change says who,
 * why and when, and carries a request id: the same request sent twice changes things once.
 */
public interface CampaignControl {
  /**
   * Starts a campaign, or finds it when the same spec was started before.
   *
   * @param clonedFrom the campaign whose spec was changed into this one, or null
   */
  Standing begin(CampaignSpec spec, @Nullable String clonedFrom, Wish wish, Caller who);

  /**
   * Starts a comparison of campaigns that were begun before, or finds it; answers its id.
   *
   * @param spec with the campaigns' ids, A first
   */
  String compare(ComparisonSpec spec, Wish wish, Caller who);

  /** Where every campaign stands, in the order of their starts, without storage and history. */
  List<Standing> standings();

  /**
   * Where one campaign stands, with its history and what it takes on disk.
   *
   * @throws NotFoundException when there is none with this id
   */
  Standing standing(String id);

  /** Makes a change and says where the campaign stands then. */
  Standing change(String id, Change change, Caller who);

  /**
   * Why something is asked for.
   *
   * @param why in words, possibly empty
   * @param requestId the same id asks for the same change, however often it is sent
   */
  record Wish(String why, String requestId) {}

  /** What can be asked of a campaign. */
  enum Action {
    PAUSE,
    RESUME,
    CANCEL,
    EXTEND
  }

  /**
   * A change.
   *
   * @param evaluations for {@link Action#EXTEND}: the new total budget, or null to keep it
   * @param targetError for {@link Action#EXTEND}: the new target, or null to keep it
   */
  record Change(
      Action action, @Nullable Long evaluations, @Nullable Double targetError, Wish wish) {}

  /**
   * What a campaign takes on disk in one replica of the store.
   *
   * @param events in the journal, of the coordinator, the replicas and the SMC replicates
   * @param bytes about, from the sizes of the latest ones
   * @param bytesAtEnd about, when the budget is used up
   */
  record Storage(long events, long bytes, long bytesAtEnd) {}

  /**
   * Where a campaign stands.
   *
   * @param phase in one word
   * @param queuePosition place in the queue, 0 when it does not wait for workers
   * @param round rounds closed
   * @param progress share of the budget used, 0..1
   * @param modelShare share of the rounds' time that the busiest worker spent in model calls, or
   *     null when it does not run
   * @param waiting a sentence while it waits for something, else null
   * @param failure why it cannot go on, else null
   * @param stoppedBy which criterion ended it, else null
   * @param clonedFrom the campaign it was cloned from, else null
   * @param started by whom, why, when
   * @param asStarted the spec it was started with, which is what its id stands for
   * @param spec the spec as extended since
   * @param storage null in lists
   * @param history who did what, oldest first; null in lists
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Standing(
      String id,
      String model,
      Phase phase,
      int queuePosition,
      long round,
      double evaluations,
      long budget,
      double progress,
      @Nullable Double evaluationsPerSecond,
      @Nullable Double etaSeconds,
      @Nullable Double modelShare,
      @Nullable String waiting,
      @Nullable String failure,
      @Nullable String stoppedBy,
      @Nullable String clonedFrom,
      Cause started,
      CampaignSpec asStarted,
      CampaignSpec spec,
      List<String> workers,
      @Nullable Storage storage,
      @Nullable List<CampaignService.HistoryEntry> history) {}
}
