package io.modeldiff.replica.api;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.registry.RegistryEvent.CampaignListed;
import io.modeldiff.replica.campaign.CampaignActor;
import io.modeldiff.replica.campaign.CampaignProtocol;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.registry.RegistryState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.pubsub.Topic;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Starting, watching and steering campaigns. Every method may be called from any node. Refusals
 * come as a UserException inside the stage.
 */
public final class Campaigns {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final Registry registry;
  private final ActorRef<Topic.Command<CampaignView>> topic;

  /** Used by the platform's start; take it from {@code ReplicaSystem}. */
  public Campaigns(
      ActorSystem<?> system,
      ClusterSharding sharding,
      Registry registry,
      ActorRef<Topic.Command<CampaignView>> topic) {
    this.system = system;
    this.sharding = sharding;
    this.registry = registry;
    this.topic = topic;
  }

  /**
   * Starts the campaign of a spec, or finds it when the same spec was started before: its id is
   * {@link CampaignSpecs#id}. A paused or completed campaign stays as it is.
   */
  public CompletionStage<CampaignView> start(CampaignSpec spec, Cause cause) {
    return start(spec, null, cause);
  }

  /** Starts a campaign with another one's spec, changed; the lineage is kept. */
  public CompletionStage<CampaignView> startClone(
      CampaignSpec changed, String clonedFrom, Cause cause) {
    return start(changed, clonedFrom, cause);
  }

  private CompletionStage<CampaignView> start(
      CampaignSpec spec, @Nullable String clonedFrom, Cause cause) {
    String id = CampaignSpecs.id(spec);
    return registry
        .register(new CampaignListed(id, spec, cause))
        .thenCompose(
            listed ->
                ask(id, replyTo -> new CampaignProtocol.Start(spec, clonedFrom, cause, replyTo)));
  }

  /** A campaign as it is now. */
  public CompletionStage<CampaignView> view(String campaign) {
    return ask(campaign, CampaignProtocol.Get::new);
  }

  /** All campaigns as they are now, in the order of their starts. */
  public CompletionStage<List<CampaignView>> list() {
    return registry.all().thenCompose(this::views);
  }

  private CompletionStage<List<CampaignView>> views(RegistryState state) {
    CompletionStage<List<CampaignView>> all = CompletableFuture.completedStage(List.of());
    for (String campaign : state.campaigns().keySet()) {
      CompletionStage<CampaignView> one = view(campaign);
      all =
          all.thenCombine(
              one,
              (list, view) -> {
                List<CampaignView> longer = new java.util.ArrayList<>(list);
                longer.add(view);
                return longer;
              });
    }
    return all;
  }

  /** No new rounds; the running one is finished. */
  public CompletionStage<CampaignView> pause(String campaign, Cause cause) {
    return ask(campaign, replyTo -> new CampaignProtocol.Pause(cause, replyTo));
  }

  /** Goes on after a pause or a failure. */
  public CompletionStage<CampaignView> resume(String campaign, Cause cause) {
    return ask(campaign, replyTo -> new CampaignProtocol.Resume(cause, replyTo));
  }

  /** Gives up; what was sampled stays readable. */
  public CompletionStage<CampaignView> cancel(String campaign, Cause cause) {
    return ask(campaign, replyTo -> new CampaignProtocol.Cancel(cause, replyTo));
  }

  /**
   * Allows more.
   *
   * @param evaluations the new total budget
   * @param targetError the new target, or null for none
   */
  public CompletionStage<CampaignView> extend(
      String campaign, long evaluations, @Nullable Double targetError, Cause cause) {
    return ask(
        campaign, replyTo -> new CampaignProtocol.Extend(evaluations, targetError, cause, replyTo));
  }

  /**
   * Ends a campaign because the analysis found a criterion met.
   *
   * @param throughRound last round that counts
   */
  public CompletionStage<CampaignView> finish(
      String campaign, StopReason reason, long throughRound, Cause cause) {
    return ask(
        campaign, replyTo -> new CampaignProtocol.Finish(reason, throughRound, cause, replyTo));
  }

  /**
   * Views of one campaign as they are published: the present one first, then after every round (not
   * more often than the configured interval) and every change of state. Never completes by itself;
   * a slow reader misses intermediate views, never the latest.
   */
  public Source<CampaignView, NotUsed> watch(String campaign) {
    return Watching.of(
        () -> view(campaign),
        Watching.topic(system, topic, CampaignView.class)
            .filter(view -> view.campaign().equals(campaign)));
  }

  /** Views of all campaigns as they are published. */
  public Source<CampaignView, NotUsed> watchAll() {
    return Watching.topic(system, topic, CampaignView.class);
  }

  private CompletionStage<CampaignView> ask(
      String campaign, Function<ActorRef<StatusReply<CampaignView>>, CampaignProtocol.Command> f) {
    EntityRef<CampaignProtocol.Command> ref = sharding.entityRefFor(CampaignActor.KEY, campaign);
    return Replies.orUserException(ref.askWithStatus(f::apply, PATIENCE), "Campaign " + campaign);
  }
}
