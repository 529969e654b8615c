package io.modeldiff.replica.api;

import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.registry.RegistryEvent.AnnotationListed;
import io.modeldiff.replica.annotation.AnnotationActor;
import io.modeldiff.replica.annotation.AnnotationProtocol;
import io.modeldiff.replica.annotation.AnnotationReply;
import io.modeldiff.replica.annotation.AnnotationRequest;
import io.modeldiff.replica.annotation.AnnotationView;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.pubsub.Topic;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.stream.javadsl.Source;

/** Creating annotation projects, working on them and watching them, from any node. */
public final class Annotations {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final Registry registry;
  private final ActorRef<Topic.Command<AnnotationView>> topic;

  /** Used by the platform's start; take it from {@code ReplicaSystem}. */
  public Annotations(
      ActorSystem<?> system,
      ClusterSharding sharding,
      Registry registry,
      ActorRef<Topic.Command<AnnotationView>> topic) {
    this.system = system;
    this.sharding = sharding;
    this.registry = registry;
    this.topic = topic;
  }

  /**
   * Creates a project under an id; the same request again changes nothing.
   *
   * @param cause who lists it here; an imported project was created by somebody else elsewhere
   */
  public CompletionStage<AnnotationReply> create(
      String project, AnnotationRequest.Create create, Cause cause) {
    AnnotationDesign design = create.design();
    return registry
        .register(new AnnotationListed(project, design.name(), design.comparison(), cause))
        .thenCompose(listed -> ask(project, create));
  }

  /** Asks a project for something; refusals are UserExceptions inside the stage. */
  public CompletionStage<AnnotationReply> ask(String project, AnnotationRequest request) {
    return Replies.orUserException(
        sharding
            .entityRefFor(AnnotationActor.KEY, project)
            .askWithStatus(replyTo -> new AnnotationProtocol.Ask(request, replyTo), PATIENCE),
        "Annotation project " + project);
  }

  /** How far a project is. */
  public CompletionStage<AnnotationView> view(String project) {
    return Replies.orUserException(
        sharding
            .entityRefFor(AnnotationActor.KEY, project)
            .askWithStatus(AnnotationProtocol.Get::new, PATIENCE),
        "Annotation project " + project);
  }

  /** Views of one project: the present one first, then as they are published. */
  public Source<AnnotationView, NotUsed> watch(String project) {
    return Watching.of(
        () -> view(project),
        Watching.topic(system, topic, AnnotationView.class)
            .filter(view -> view.project().equals(project)));
  }
}
