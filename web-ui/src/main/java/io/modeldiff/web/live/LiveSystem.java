package io.modeldiff.web.live;

import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.SystemService;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

/** Health of a running platform. */
final class LiveSystem implements SystemService {
  private static final String WORKER = "gpu-worker";

  private final RunningPlatform platform;

  LiveSystem(RunningPlatform platform) {
    this.platform = platform;
  }

  @Override
  public Health health() {
    List<Node> nodes = new ArrayList<>();
    Cluster.get(platform.system()).state().getMembers().forEach(m -> nodes.add(node(m)));
    long workers = nodes.stream().filter(n -> n.roles().contains(WORKER)).count();
    var store = platform.platform().store().health().status();
    int hung = platform.replicas().models().hungCalls();
    Runtime runtime = Runtime.getRuntime();
    long used = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    return new Health(
        Objects.requireNonNullElse(
            LiveSystem.class.getPackage().getImplementationVersion(), "from sources"),
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
        List.of(
            new Part("Store", store.isUp(), store.sentence()),
            new Part(
                "Workers",
                workers > 0,
                workers > 0
                    ? workers + (workers == 1 ? " worker computes." : " workers compute.")
                    : "No worker is up: start one with 'modeldiff worker'."),
            new Part(
                "Model calls",
                hung == 0,
                hung == 0
                    ? "No model call hangs."
                    : hung
                        + (hung == 1 ? " model call hangs" : " model calls hang")
                        + "; restart this process."),
            new Part(
                "Memory",
                used < 0.95 * (runtime.maxMemory() >> 20),
                Numbers.whole(used)
                    + " of at most "
                    + Numbers.whole(runtime.maxMemory() >> 20)
                    + " MiB heap used.")),
        nodes);
  }

  private static Node node(Member member) {
    List<String> roles = new ArrayList<>();
    member.getRoles().stream().filter(r -> !r.startsWith("dc-")).sorted().forEach(roles::add);
    return new Node(member.address().hostPort(), roles, member.status().toString());
  }
}
