package io.modeldiff.replica.cluster;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.journal.CampaignDigest;
import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.campaign.CampaignStatus;
import io.modeldiff.replica.campaign.CampaignView;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * A real process that runs one campaign on an embedded store and goes on with it when it is started
 * again: prints the rounds as they close and the fingerprint at the end, then exits.
 */
public final class CampaignProcess {
  private CampaignProcess() {}

  /** The campaign of all these processes: pilot, adaptation, burn-in and counted rounds. */
  static CampaignSpec spec(long evaluations) {
    return CampaignSpecs.builder(
            WriteSide.model(21), InputSpace.all(6, new int[] {0}, 5), new NllRange(0.5, 1.4))
        .seed(5)
        .lanes(16)
        .movesPerRound(4)
        .evaluations(evaluations)
        .build();
  }

  public static void main(String[] args) throws Exception {
    Platform platform =
        Platform.start(
            PlatformOptions.local(Path.of(args[0])), s -> System.out.println("SAY " + s));
    run(platform, Long.parseLong(args[1]));
    platform.close();
    System.exit(0);
  }

  /** Runs the campaign to its end; prints rounds and the fingerprint. */
  static void run(Platform platform, long evaluations) throws Exception {
    ReplicaSystem replicas = ReplicaSystem.start(platform.system(), WriteSide::tables);
    CampaignSpec spec = spec(evaluations);
    String id = CampaignSpecs.id(spec);
    WriteSide.await(replicas.campaigns().start(spec, Cause.now("test", "run")));
    CampaignView end =
        replicas
            .campaigns()
            .watch(id)
            .wireTap(v -> System.out.println("ROUND " + v.round()))
            .filter(v -> v.status() != CampaignStatus.RUNNING)
            .completionTimeout(Duration.ofMinutes(5))
            .runWith(Sink.head(), platform.system())
            .toCompletableFuture()
            .get();
    if (end.status() != CampaignStatus.COMPLETED) {
      throw new IllegalStateException("The campaign ended as " + end);
    }
    var print = WriteSide.await(new CampaignDigest(platform.system()).of(id));
    System.out.println("DIGEST " + print.sha256() + " " + print.events());
  }
}
