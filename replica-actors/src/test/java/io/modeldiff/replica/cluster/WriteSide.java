package io.modeldiff.replica.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.worker.ModelSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;

/** One node with every role and a journal in memory, on table models. */
final class WriteSide implements AutoCloseable {
  private static final String CONFIG =
      """
      pekko.loglevel = WARNING
      pekko.actor.provider = cluster
      pekko.actor.allow-java-serialization = off
      pekko.actor.serialization-bindings {
        "io.modeldiff.core.serialization.CborSerializable" = jackson-cbor
      }
      pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
      pekko.cluster.roles = [coordinator, gpu-worker, web]
      pekko.cluster.jmx.enabled = off
      pekko.cluster.sharding.passivation.strategy = none
      pekko.persistence.testkit.events.serialize = on
      modeldiff.journal.query-plugin = "pekko.persistence.testkit.query"
      modeldiff.campaigns.publish-every = 0ms
      modeldiff.comparisons.poll-every = 50ms
      """;

  final ActorTestKit kit;
  final ReplicaSystem replicas;

  private WriteSide(Config overrides, ModelSource models) {
    this.kit = ActorTestKit.create("modeldiff", overrides.withFallback(config()));
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    this.replicas = ReplicaSystem.start(kit.system(), models);
  }

  /** The configuration of a node with a journal in memory. */
  static Config config() {
    return ConfigFactory.parseString(CONFIG)
        .withFallback(PersistenceTestKitPlugin.config())
        .withFallback(PersistenceTestKitSnapshotPlugin.config())
        .withFallback(
            ConfigFactory.parseString(
                "pekko.persistence.testkit.query.class ="
                    + " \"org.apache.pekko.persistence.testkit.query.PersistenceTestKitReadJournalProvider\""))
        .withFallback(ConfigFactory.defaultReference());
  }

  static WriteSide start() {
    return start("");
  }

  static WriteSide start(String overrides) {
    return start(overrides, WriteSide::tables);
  }

  static WriteSide start(String overrides, ModelSource models) {
    return new WriteSide(ConfigFactory.parseString(overrides), models);
  }

  /** The table model of a reference: its seed is the reference's hash. */
  static TableLanguageModel tables(ModelRef ref) {
    return new TableLanguageModel(5, 1.5, Long.parseLong(ref.hash()));
  }

  static ModelRef model(long seed) {
    return new ModelRef("table-" + seed, "tables", Long.toString(seed), "f32");
  }

  /** A small tempering campaign with a given ladder. */
  static CampaignSpecs.Builder small(long modelSeed) {
    return CampaignSpecs.builder(
            model(modelSeed), InputSpace.all(4, new int[] {0}, 5), new NllRange(0.5, 1.5))
        .seed(7)
        .lanes(4)
        .ladder(0.5, 1, 1.5)
        .movesPerRound(2)
        .evaluations(2000);
  }

  static CampaignSpec smallSpec(long modelSeed) {
    return small(modelSeed).build();
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
