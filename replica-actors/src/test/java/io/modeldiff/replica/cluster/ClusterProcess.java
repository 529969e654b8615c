package io.modeldiff.replica.cluster;

import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.platform.Role;
import io.modeldiff.core.store.CassandraEndpoint;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/**
 * One process of a cluster on loopback: {@code coordinator DATA EVALUATIONS} runs the campaign of
 * {@link CampaignProcess} on workers only, {@code worker DATA JOIN CQL} is one of those.
 */
public final class ClusterProcess {
  private ClusterProcess() {}

  public static void main(String[] args) throws Exception {
    PlatformOptions options = PlatformOptions.local(Path.of(args[1]));
    if (args[0].equals("coordinator")) {
      Platform platform = start(options.withRoles(EnumSet.of(Role.COORDINATOR, Role.WEB)));
      System.out.println("JOIN " + platform.address());
      System.out.println("CQL " + platform.store().endpoint().hostPorts().get(0));
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

  private static Platform start(PlatformOptions options) {
    return Platform.start(options, s -> System.out.println("SAY " + s));
  }
}
