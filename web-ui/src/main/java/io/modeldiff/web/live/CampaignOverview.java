package io.modeldiff.web.live;

import io.modeldiff.analysis.readmodel.CampaignProgress;
import io.modeldiff.core.registry.RegistryEvent.CampaignListed;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.CampaignService.Summary;
import io.modeldiff.web.service.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All campaigns at a glance. What is over comes from the read tables in one query, so that hundreds
 * of finished campaigns need not wake up; what is not comes from the campaigns themselves.
 */
final class CampaignOverview {
  private final RunningPlatform platform;

  CampaignOverview(RunningPlatform platform) {
    this.platform = platform;
  }

  /** Newest first. */
  List<Summary> newest(int limit) {
    List<CampaignListed> listed =
        new ArrayList<>(
            RunningPlatform.await(platform.replicas().registry().all()).campaigns().values());
    Collections.reverse(listed);
    List<CampaignListed> shown = listed.stream().limit(limit).toList();
    Map<String, CampaignProgress> known =
        RunningPlatform.await(platform.readSide().campaigns()).stream()
            .collect(Collectors.toMap(CampaignProgress::campaign, Function.identity()));
    Map<String, CompletionStage<CampaignView>> asked = new LinkedHashMap<>();
    for (CampaignListed campaign : shown) {
      if (over(known.get(campaign.campaign())) == null) {
        asked.put(campaign.campaign(), platform.campaigns().view(campaign.campaign()));
      }
    }
    return shown.stream()
        .map(
            c -> {
              CompletionStage<CampaignView> view = asked.get(c.campaign());
              return view == null
                  ? summary(c, Objects.requireNonNull(known.get(c.campaign())))
                  : LiveCampaigns.summary(RunningPlatform.await(view));
            })
        .toList();
  }

  /** How it ended; null while it has not. */
  static @Nullable Phase over(@Nullable CampaignProgress progress) {
    return progress == null
        ? null
        : switch (progress.status()) {
          case COMPLETED -> Phase.DONE;
          case CANCELLED -> Phase.CANCELLED;
          case FAILED -> Phase.FAILED;
          case RUNNING, PAUSED -> null;
        };
  }

  private static Summary summary(CampaignListed campaign, CampaignProgress progress) {
    String failure = progress.sentence();
    return new Summary(
        campaign.campaign(),
        campaign.spec().model().name(),
        Specs.shown(campaign.spec().space(), campaign.spec().z().toString()),
        Objects.requireNonNull(over(progress)),
        progress.rounds(),
        Math.round(progress.evaluated()),
        progress.evaluations(),
        Math.min(1, progress.evaluated() / Math.max(1, progress.evaluations())),
        null,
        null,
        failure == null,
        failure == null ? "no trouble" : failure,
        campaign.cause().at(),
        campaign.cause().who());
  }
}
