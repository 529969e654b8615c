package io.modeldiff.replica.cluster;

import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.platform.Role;
import io.modeldiff.core.store.CassandraEndpoint;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * One process of a cluster on loopback: {@code coordinator DATA EVALUATIONS [WORKERS]} runs the
 * campaign of {@link CampaignProcess} on workers only, once that many are there; {@code worker DATA
 * JOIN CQL} is one of those.
 */
public final class ClusterProcess {
  private ClusterProcess() {}

  public static void main(String[] args) throws Exception {
    PlatformOptions options = PlatformOptions.local(Path.of(args[1]));
    if (args[0].equals("coordinator")) {
      Platform platform = start(options.withRoles(EnumSet.of(Role.COORDINATOR, Role.WEB)));
      System.out.println("JOIN " + platform.address());
      System.out.println("CQL " + platform.store().endpoint().hostPorts().get(0));
      awaitWorkers(platform, args.length > 3 ? Integer.parseInt(args[3]) : 0);
      CampaignProcess.run(platform, Long.parseLong(args[2]));
      platform.close();
      System.exit(0);
    }
    CassandraEndpoint store = CassandraEndpoint.parse(args[3], "datacenter1");
    Platform worker =
        start(
            options
                .withRoles(EnumSet.of(Role.GPU_WORKER))
                .withJoin(List.of(args[2]))
                .withCassandra(store));
    ReplicaSystem.start(worker.system(), WriteSide::tables);
    System.out.println("UP " + worker.address());
    worker.system().getWhenTerminated().toCompletableFuture().get();
  }

  private static void awaitWorkers(Platform platform, int wanted) throws InterruptedException {
    Cluster cluster = Cluster.get(platform.system());
    while (up(cluster) < wanted) {
      Thread.sleep(100);
    }
  }

  private static long up(Cluster cluster) {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .filter(m -> m.hasRole("gpu-worker") && m.status().equals(MemberStatus.up()))
        .count();
  }

  private static Platform start(PlatformOptions options) {
    return Platform.start(options, s -> System.out.println("SAY " + s));
  }
}
