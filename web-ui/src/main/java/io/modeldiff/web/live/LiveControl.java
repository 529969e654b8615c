package io.modeldiff.web.live;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.HistorySizes;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.registry.RegistryEvent.CampaignListed;
import io.modeldiff.core.store.StoreStatus;
import io.modeldiff.replica.api.Campaigns;
import io.modeldiff.replica.campaign.CampaignStatus;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.CampaignControl;
import io.modeldiff.web.service.NotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/** The life of campaigns on a running platform. */
public final class LiveControl implements CampaignControl {
  private final RunningPlatform platform;
  private final JournalReader journal;

  /** On a platform of this process. */
  public LiveControl(RunningPlatform platform) {
    this.platform = platform;
    this.journal = new JournalReader(platform.system());
  }

  @Override
  public Standing begin(CampaignSpec spec, @Nullable String clonedFrom, Wish wish, Caller who) {
    who.require(Permission.OPERATE);
    Cause cause = cause(wish, who);
    Campaigns campaigns = platform.campaigns();
    CampaignView view =
        RunningPlatform.await(
            clonedFrom == null
                ? campaigns.start(spec, cause)
                : campaigns.startClone(spec, clonedFrom, cause));
    return standing(view.campaign());
  }

  @Override
  public String compare(ComparisonSpec spec, Wish wish, Caller who) {
    who.require(Permission.OPERATE);
    RunningPlatform.await(platform.comparisons().start(spec, cause(wish, who)));
    return spec.id();
  }

  private static Cause cause(Wish wish, Caller who) {
    return new Cause(who.name(), wish.why(), Instant.now(), wish.requestId());
  }

  @Override
  public List<Standing> standings() {
    requireStore();
    return listed().values().stream()
        .map(listed -> of(view(listed.campaign()), listed.spec(), null, null))
        .toList();
  }

  private Map<String, CampaignListed> listed() {
    return RunningPlatform.await(platform.replicas().registry().all()).campaigns();
  }

  private CampaignView view(String id) {
    return RunningPlatform.await(platform.campaigns().view(id));
  }

  /** An answer that needs the store would only time out. */
  private void requireStore() {
    StoreStatus store = platform.platform().store().health().status();
    if (!store.isUp()) {
      throw UserException.failed(store.sentence());
    }
  }

  @Override
  public Standing standing(String id) {
    requireStore();
    CampaignListed listed = listed().get(id);
    if (listed == null) {
      throw new NotFoundException("campaign", id);
    }
    CampaignView view = view(id);
    CampaignHistory history = new CampaignHistory();
    RunningPlatform.await(
        journal
            .current(Histories.campaign(id), 1, Long.MAX_VALUE, CampaignEvent.class)
            .map(Pair::second)
            .runWith(Sink.foreach(history::add), platform.system()));
    return of(view, listed.spec(), storage(view), history);
  }

  private Storage storage(CampaignView view) {
    HistorySizes sizes =
        new HistorySizes(
            platform.system(), platform.platform().session(), platform.platform().keyspaces());
    String id = view.campaign();
    HistorySizes.Size own = RunningPlatform.await(sizes.of(Histories.campaign(id)));
    // The coordinator's events are stored a second time, by tag, for the projections.
    HistorySizes.Size all = own.plus(new HistorySizes.Size(0, own.bytes()));
    int replicas = view.schedule() == null ? 0 : view.schedule().betas().length;
    for (int k = 0; k < replicas; k++) {
      all = all.plus(RunningPlatform.await(sizes.of(Histories.replica(id, k))));
    }
    for (int i = 0; i < view.replicatesDone(); i++) {
      all = all.plus(RunningPlatform.await(sizes.of(Histories.smc(id, i))));
    }
    double fraction = view.fraction();
    long end = fraction > 0 ? Math.round(all.bytes() / fraction) : all.bytes();
    return new Storage(all.events(), all.bytes(), Math.max(end, all.bytes()));
  }

  private static Standing of(
      CampaignView view,
      CampaignSpec asStarted,
      @Nullable Storage storage,
      @Nullable CampaignHistory history) {
    CampaignView.Speed speed = view.speed();
    boolean running = view.status() == CampaignStatus.RUNNING;
    return new Standing(
        view.campaign(),
        view.spec().model().name(),
        LiveCampaigns.phase(view),
        view.queuePosition(),
        view.round(),
        view.evaluations(),
        view.spec().evaluations(),
        view.fraction(),
        running ? (Double) speed.evaluationsPerSecond() : null,
        running && Double.isFinite(speed.etaSeconds()) ? (Double) speed.etaSeconds() : null,
        running ? (Double) speed.modelShare() : null,
        view.waiting(),
        view.failure(),
        view.stoppedBy() == null
            ? null
            : view.stoppedBy().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        view.clonedFrom(),
        view.started(),
        asStarted,
        view.spec(),
        speed.workers(),
        storage,
        history == null ? null : history.entries());
  }

  @Override
  public Standing change(String id, Change change, Caller who) {
    who.require(Permission.OPERATE);
    Standing now = standing(id);
    Cause cause = cause(change.wish(), who);
    Campaigns campaigns = platform.campaigns();
    CampaignView view =
        RunningPlatform.await(
            switch (change.action()) {
              case PAUSE -> campaigns.pause(id, cause);
              case RESUME -> campaigns.resume(id, cause);
              case CANCEL -> campaigns.cancel(id, cause);
              case EXTEND ->
                  campaigns.extend(
                      id,
                      change.evaluations() == null ? now.budget() : change.evaluations(),
                      change.targetError() == null
                          ? now.spec().targetError()
                          : change.targetError(),
                      cause);
            });
    return standing(view.campaign());
  }
}
