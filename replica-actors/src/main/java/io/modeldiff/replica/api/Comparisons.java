package io.modeldiff.replica.api;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.replica.comparison.ComparisonActor;
import io.modeldiff.replica.comparison.ComparisonProtocol;
import io.modeldiff.replica.comparison.ComparisonView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.pubsub.Topic;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Starting and watching comparisons of campaigns. */
public final class Comparisons {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final Registry registry;
  private final ActorRef<Topic.Command<ComparisonView>> topic;

  /** Used by the platform's start; take it from {@code ReplicaSystem}. */
  public Comparisons(
      ActorSystem<?> system,
      ClusterSharding sharding,
      Registry registry,
      ActorRef<Topic.Command<ComparisonView>> topic) {
    this.system = system;
    this.sharding = sharding;
    this.registry = registry;
    this.topic = topic;
  }

  /**
   * The comparison of campaigns with equal spaces and ranges.
   *
   * @param specs the campaigns' specs, A first
   * @param lambda λ of PD/PA, nats per token
   * @param bin width of the D histograms, nats per token
   */
  public static ComparisonSpec spec(
      List<CampaignSpec> specs,
      double lambda,
      double bin,
      @Nullable Double targetError,
      double crossMargin) {
    List<ComparisonSpec.Side> sides =
        specs.stream().map(s -> new ComparisonSpec.Side(CampaignSpecs.id(s), s.model())).toList();
    CampaignSpec first = specs.get(0);
    return new ComparisonSpec(
        sides, first.space(), first.z(), lambda, bin, targetError, crossMargin);
  }

  /** Starts a comparison, or finds it, or lets a failed one go on. */
  public CompletionStage<ComparisonView> start(ComparisonSpec spec, Cause cause) {
    return registry
        .register(new ComparisonListed(spec.id(), spec, cause))
        .thenCompose(
            listed ->
                ask(spec.id(), replyTo -> new ComparisonProtocol.Start(spec, cause, replyTo)));
  }

  /** A comparison as it is now. */
  public CompletionStage<ComparisonView> view(String comparison) {
    return ask(comparison, ComparisonProtocol.Get::new);
  }

  /** Tells a comparison that a campaign of it has more to score. */
  public void wake(String comparison) {
    sharding.entityRefFor(ComparisonActor.KEY, comparison).tell(new ComparisonProtocol.Wake());
  }

  /** Views of one comparison: the present one first, then as they are published. */
  public Source<ComparisonView, NotUsed> watch(String comparison) {
    return Watching.of(
        () -> view(comparison),
        Watching.topic(system, topic, ComparisonView.class)
            .filter(view -> view.comparison().equals(comparison)));
  }

  private CompletionStage<ComparisonView> ask(
      String comparison,
      Function<ActorRef<StatusReply<ComparisonView>>, ComparisonProtocol.Command> f) {
    return Replies.orUserException(
        sharding.entityRefFor(ComparisonActor.KEY, comparison).askWithStatus(f::apply, PATIENCE),
        "Comparison " + comparison);
  }
}
