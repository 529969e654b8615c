package io.modeldiff.replica.cluster;

import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.work.Throttled;
import io.modeldiff.replica.annotation.AnnotationActor;
import io.modeldiff.replica.annotation.AnnotationProtocol;
import io.modeldiff.replica.annotation.AnnotationView;
import io.modeldiff.replica.api.Annotations;
import io.modeldiff.replica.api.Campaigns;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.replica.api.Registry;
import io.modeldiff.replica.api.WorkerTasks;
import io.modeldiff.replica.campaign.Admission;
import io.modeldiff.replica.campaign.CampaignActor;
import io.modeldiff.replica.campaign.CampaignProtocol;
import io.modeldiff.replica.campaign.CampaignSurroundings;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.campaign.Crew;
import io.modeldiff.replica.comparison.ComparisonActor;
import io.modeldiff.replica.comparison.ComparisonProtocol;
import io.modeldiff.replica.comparison.ComparisonSurroundings;
import io.modeldiff.replica.comparison.ComparisonView;
import io.modeldiff.replica.registry.RegistryActor;
import io.modeldiff.replica.registry.RegistryProtocol;
import io.modeldiff.replica.worker.ModelHost;
import io.modeldiff.replica.worker.ModelSource;
import io.modeldiff.replica.worker.ReplicaActor;
import io.modeldiff.replica.worker.ReplicaProtocol;
import io.modeldiff.replica.worker.ScoreProtocol;
import io.modeldiff.replica.worker.ScorerActor;
import io.modeldiff.replica.worker.SmcActor;
import io.modeldiff.replica.worker.SmcProtocol;
import io.modeldiff.replica.worker.TaskActor;
import io.modeldiff.replica.worker.TaskProtocol;
import io.modeldiff.replica.worker.WorkerTask;
import java.time.Clock;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.pubsub.Topic;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.cluster.typed.SingletonActor;

/**
 * The write side on one node. Started on every node, whatever its roles: sharding places replicas
 * and scorers on the role gpu-worker, campaigns and comparisons on the role coordinator, and
 * reaches them from anywhere.
 */
public final class ReplicaSystem {
  private static final String WORKER = "gpu-worker";
  private static final String COORDINATOR = "coordinator";

  private final ActorSystem<?> system;
  private final ReplicaSettings settings;
  private final ClusterSharding sharding;
  private final ModelHost host;
  private final ActorRef<Topic.Command<CampaignView>> campaignTopic;
  private final ActorRef<Topic.Command<ComparisonView>> comparisonTopic;
  private final ActorRef<Topic.Command<AnnotationView>> annotationTopic;
  private final ActorRef<RegistryProtocol.Command> registry;

  /**
   * Starts the write side.
   *
   * @param models where this node gets models from; used only with the role gpu-worker
   */
  public static ReplicaSystem start(ActorSystem<?> system, ModelSource models) {
    return start(system, models, Map.of());
  }

  /**
   * Starts the write side.
   *
   * @param tasks other modules' work on models, by name; the same on every node
   */
  public static ReplicaSystem start(
      ActorSystem<?> system, ModelSource models, Map<String, WorkerTask> tasks) {
    return new ReplicaSystem(system, models, tasks);
  }

  private ReplicaSystem(ActorSystem<?> system, ModelSource models, Map<String, WorkerTask> tasks) {
    this.system = system;
    this.settings = ReplicaSettings.of(system.settings().config());
    this.sharding = ClusterSharding.get(system);
    this.host = new ModelHost(models, settings.callTimeout(), settings.loadTimeout());
    host.onHopeless(this::leaveToOthers);
    this.campaignTopic =
        system.systemActorOf(
            Topic.create(CampaignView.class, "campaigns"), "campaign-topic", Props.empty());
    this.comparisonTopic =
        system.systemActorOf(
            Topic.create(ComparisonView.class, "comparisons"), "comparison-topic", Props.empty());
    this.annotationTopic =
        system.systemActorOf(
            Topic.create(AnnotationView.class, "annotations"), "annotation-topic", Props.empty());
    this.registry = initRegistry();
    initWorkers(tasks);
    initCoordinators();
    system.getWhenTerminated().thenRun(host::close);
  }

  private ActorRef<RegistryProtocol.Command> initRegistry() {
    return ClusterSingleton.get(system)
        .init(
            SingletonActor.of(RegistryActor.create(this::places, waker()), "registry")
                .withSettings(ClusterSingletonSettings.create(system).withRole(COORDINATOR)));
  }

  /** How many campaigns the workers that are up can hold. */
  private int places() {
    return workers() * settings.campaignsPerWorker();
  }

  private int workers() {
    int workers = 0;
    for (Member member : Cluster.get(system).state().getMembers()) {
      boolean up = member.status().equals(MemberStatus.up());
      workers += up && member.hasRole(WORKER) ? 1 : 0;
    }
    return workers;
  }

  /** A worker whose calls hang leaves the cluster, so that its shards move to the others. */
  private boolean leaveToOthers() {
    if (workers() < 2) {
      return false;
    }
    Cluster cluster = Cluster.get(system);
    system.log().error("Model calls hang: this worker leaves its work to the others");
    cluster.manager().tell(Leave.create(cluster.selfMember().address()));
    return true;
  }

  private RegistryActor.Waker waker() {
    return new RegistryActor.Waker() {
      @Override
      public void wakeCampaign(String campaign) {
        sharding.entityRefFor(CampaignActor.KEY, campaign).tell(new CampaignProtocol.Wake());
      }

      @Override
      public void wakeComparison(String comparison) {
        sharding.entityRefFor(ComparisonActor.KEY, comparison).tell(new ComparisonProtocol.Wake());
      }
    };
  }

  private void initWorkers(Map<String, WorkerTask> tasks) {
    JournalReader journal = new JournalReader(system);
    sharding.init(
        Entity.of(ReplicaActor.KEY, e -> ReplicaActor.create(e.getEntityId(), host, e.getShard()))
            .withRole(WORKER)
            .withMessageExtractor(EvenAllocation.extractor())
            .withAllocationStrategy(new EvenAllocation())
            .withStopMessage(new ReplicaProtocol.Stop()));
    sharding.init(
        Entity.of(SmcActor.KEY, e -> SmcActor.create(e.getEntityId(), host, e.getShard()))
            .withRole(WORKER)
            .withMessageExtractor(EvenAllocation.extractor())
            .withAllocationStrategy(new EvenAllocation())
            .withStopMessage(new SmcProtocol.Stop()));
    sharding.init(
        Entity.of(ScorerActor.KEY, e -> ScorerActor.create(host, journal))
            .withRole(WORKER)
            .withStopMessage(new ScoreProtocol.Stop()));
    sharding.init(
        Entity.of(TaskActor.KEY, e -> TaskActor.create(host, tasks))
            .withRole(WORKER)
            .withStopMessage(new TaskProtocol.Stop()));
  }

  private void initCoordinators() {
    sharding.init(
        Entity.of(CampaignActor.KEY, e -> CampaignActor.create(e.getEntityId(), forCampaigns()))
            .withRole(COORDINATOR)
            .withStopMessage(new CampaignProtocol.Stop()));
    sharding.init(
        Entity.of(
                ComparisonActor.KEY, e -> ComparisonActor.create(e.getEntityId(), forComparisons()))
            .withRole(COORDINATOR)
            .withStopMessage(new ComparisonProtocol.Stop()));
    sharding.init(
        Entity.of(
                AnnotationActor.KEY,
                e ->
                    AnnotationActor.create(
                        e.getEntityId(),
                        view -> annotationTopic.tell(Topic.publish(view)),
                        Clock.systemUTC()))
            .withRole(COORDINATOR)
            .withStopMessage(new AnnotationProtocol.Stop()));
  }

  private CampaignSurroundings forCampaigns() {
    Throttled<CampaignView> published = throttled(campaignTopic);
    return new CampaignSurroundings(
        crew(),
        admission(),
        view -> published.offer(view.campaign(), view.status(), view),
        settings.campaignResend());
  }

  private <V> Throttled<V> throttled(ActorRef<Topic.Command<V>> topic) {
    return new Throttled<>(
        settings.publishEvery(),
        view -> topic.tell(Topic.publish(view)),
        (delay, action) ->
            system.scheduler().scheduleOnce(delay, action, system.executionContext()));
  }

  private Crew crew() {
    return new Crew() {
      @Override
      public void tellReplica(String campaign, int replica, ReplicaProtocol.Command command) {
        sharding
            .entityRefFor(ReplicaActor.KEY, Histories.replicaEntity(campaign, replica))
            .tell(command);
      }

      @Override
      public void tellReplicate(String campaign, int replicate, SmcProtocol.Command command) {
        sharding
            .entityRefFor(SmcActor.KEY, Histories.replicaEntity(campaign, replicate))
            .tell(command);
      }
    };
  }

  private Admission admission() {
    return new Admission() {
      @Override
      public void ask(
          String campaign,
          long since,
          boolean holding,
          ActorRef<CampaignProtocol.Command> replyTo) {
        registry.tell(new RegistryProtocol.AskPlace(campaign, since, holding, replyTo));
      }

      @Override
      public void release(String campaign) {
        registry.tell(new RegistryProtocol.Release(campaign));
      }
    };
  }

  private ComparisonSurroundings forComparisons() {
    Campaigns campaigns = campaigns();
    Throttled<ComparisonView> published = throttled(comparisonTopic);
    return new ComparisonSurroundings(
        campaigns::view,
        (entity, job) -> sharding.entityRefFor(ScorerActor.KEY, entity).tell(job),
        view -> published.offer(view.comparison(), view.status(), view),
        comparison -> registry.tell(new RegistryProtocol.Release(comparison)),
        settings.comparisonPoll(),
        settings.chunkSamples(),
        settings.jobsPerModel(),
        settings.comparisonResend());
  }

  /** What is registered. */
  public Registry registry() {
    return new Registry(system, registry);
  }

  /** Starting, watching and steering campaigns. */
  public Campaigns campaigns() {
    return new Campaigns(system, sharding, registry(), campaignTopic);
  }

  /** Starting and watching comparisons. */
  public Comparisons comparisons() {
    return new Comparisons(system, sharding, registry(), comparisonTopic);
  }

  /** Creating, working on and watching annotation projects. */
  public Annotations annotations() {
    return new Annotations(system, sharding, registry(), annotationTopic);
  }

  /** Other modules' work on the workers. */
  public WorkerTasks tasks() {
    return new WorkerTasks(sharding, this::workers);
  }

  /** This node's models. */
  public ModelHost models() {
    return host;
  }
}
