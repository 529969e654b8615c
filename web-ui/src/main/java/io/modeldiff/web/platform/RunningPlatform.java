package io.modeldiff.web.platform;

import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.analysis.history.HistoryReader;
import io.modeldiff.analysis.lmdiff.store.BlobStore;
import io.modeldiff.analysis.lmdiff.store.CassandraBlobStore;
import io.modeldiff.analysis.readmodel.ReadSide;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.replica.api.Campaigns;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.replica.campaign.CampaignRerun;
import io.modeldiff.replica.cluster.ReplicaSystem;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** One process of the platform with its write side, its read side and its journal reader. */
public final class RunningPlatform implements AutoCloseable {
  private final Platform platform;
  private final ReplicaSystem replicas;
  private final HistoryReader reader;
  private final ReadSide readSide;
  private final DirectoryModels models;

  private @Nullable BlobStore blobs;

  private RunningPlatform(Platform platform, String device) {
    this.platform = platform;
    this.models = new DirectoryModels(device);
    this.replicas =
        ReplicaSystem.start(
            platform.system(), models, Map.of(CorpusTask.NAME, new CorpusTask(this::blobs)));
    this.reader = new HistoryReader(platform.system());
    this.readSide = new ReadSide(platform.system(), platform.keyspaces()).start();
  }

  /**
   * Starts a platform in this process and returns when it is up.
   *
   * @param device where its worker computes: {@code cpu}, {@code cuda} or {@code auto}
   * @param say told in a sentence what is being waited for
   */
  public static RunningPlatform start(
      PlatformOptions options, String device, Consumer<String> say) {
    return new RunningPlatform(Platform.start(options, say), device);
  }

  /** The process. */
  public Platform platform() {
    return platform;
  }

  /** The actor system. */
  public ActorSystem<?> system() {
    return platform.system();
  }

  /** The write side on this node. */
  public ReplicaSystem replicas() {
    return replicas;
  }

  /** Starting and steering campaigns. */
  public Campaigns campaigns() {
    return replicas.campaigns();
  }

  /** Starting and watching comparisons. */
  public Comparisons comparisons() {
    return replicas.comparisons();
  }

  /** Corpora and their analyses. */
  public Corpora corpora() {
    return new Corpora(blobs(), replicas.registry(), replicas.tasks());
  }

  private synchronized BlobStore blobs() {
    BlobStore known = blobs;
    if (known == null) {
      known =
          new CassandraBlobStore(
              await(platform.session().underlying()), platform.keyspaces().read());
      blobs = known;
    }
    return known;
  }

  /** Histories. */
  public HistoryReader reader() {
    return reader;
  }

  /** Read tables and the projections that fill them. */
  public ReadSide readSide() {
    return readSide;
  }

  /** A comparison's estimates from the journal; to be kept where they are asked for again. */
  public ComparisonAnalysis analysis(String comparison) {
    return new ComparisonAnalysis(reader, comparison);
  }

  /** Runs stored campaigns again, with workers of its own and no store, and compares. */
  public CampaignRerun rerun(int workers) {
    return new CampaignRerun(platform.system(), models, workers);
  }

  /** Waits for an answer of the write side; its refusals are UserExceptions. */
  public static <T> T await(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UserException user) {
        throw user;
      }
      if (e.getCause() instanceof CancellationException stopped) {
        throw stopped;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    platform.close();
  }
}
