package io.modeldiff.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComposeTest {
  private final Path docker = Repository.root().resolve("docker");
  private final Compose compose = read();

  /** What our compose file may say; anything else fails the test. */
  record Compose(
      String name,
      Map<String, Service> services,
      Map<String, Map<String, String>> networks,
      Map<String, Map<String, String>> volumes) {}

  record Service(
      String image,
      @Nullable Build build,
      String restart,
      @JsonProperty("stop_grace_period") @Nullable String stopGracePeriod,
      List<String> networks,
      @JsonProperty("depends_on") @Nullable Map<String, Dependency> dependsOn,
      @Nullable Map<String, String> environment,
      @Nullable List<String> command,
      @Nullable List<String> ports,
      @Nullable List<String> volumes,
      @Nullable Healthcheck healthcheck) {}

  record Build(String context, String dockerfile) {}

  record Dependency(String condition) {}

  record Healthcheck(
      List<String> test,
      String interval,
      String timeout,
      int retries,
      @JsonProperty("start_period") String startPeriod) {}

  private Compose read() {
    Map<String, Object> whole =
        new LinkedHashMap<>(Repository.documents(docker.resolve("compose.yaml")).get(0));
    whole.keySet().removeIf(key -> key.startsWith("x-"));
    return Repository.STRICT.convertValue(whole, Compose.class);
  }

  @Test
  void services_everyReference_isDeclared() {
    assertThat(compose.services())
        .containsKeys("cassandra", "schema", "coordinator", "worker-1", "worker-2");
    compose
        .services()
        .forEach(
            (name, service) -> {
              assertThat(compose.networks().keySet()).as(name).containsAll(service.networks());
              if (service.dependsOn() != null) {
                assertThat(compose.services().keySet())
                    .as(name)
                    .containsAll(service.dependsOn().keySet());
                service.dependsOn().forEach(this::requireCondition);
              }
              orEmpty(service.volumes()).forEach(volume -> requireVolume(name, volume));
              if (service.build() != null) {
                assertThat(docker.resolve(service.build().context())).isDirectory();
                assertThat(Repository.root().resolve(service.build().dockerfile())).isRegularFile();
              }
            });
  }

  private void requireCondition(String name, Dependency dependency) {
    Service target = compose.services().get(name);
    assertThat(dependency.condition())
        .isIn("service_healthy", "service_completed_successfully", "service_started");
    if (dependency.condition().equals("service_healthy")) {
      assertThat(target.healthcheck()).as("%s is waited for to be healthy", name).isNotNull();
    }
  }

  private void requireVolume(String service, String volume) {
    String source = volume.substring(0, volume.indexOf(':'));
    if (source.startsWith(".")) {
      assertThat(docker.resolve(source)).as("mounted by %s", service).exists();
    } else {
      assertThat(compose.volumes()).as("used by %s", service).containsKey(source);
    }
  }

  @Test
  void ports_published_areOnLoopbackOnly() {
    compose
        .services()
        .forEach(
            (name, service) ->
                assertThat(orEmpty(service.ports()))
                    .as(name)
                    .allMatch(port -> port.startsWith("127.0.0.1:")));
  }

  @Test
  void cassandra_settings_syncTheLogBeforeAcknowledging() {
    assertThat(String.join(" ", orEmpty(compose.services().get("cassandra").command())))
        .contains("commitlog_sync: batch");
  }

  @Test
  void entryPoint_environmentOfEachService_becomesTheOptionsOfItsProcess() throws Exception {
    for (String name : List.of("coordinator", "worker-1", "worker-2")) {
      Service service = compose.services().get(name);
      List<String> arguments =
          EntryPoint.arguments(
              docker.resolve("entrypoint.sh"), service.environment(), orEmpty(service.command()));
      assertThat(arguments)
          .as(name)
          .contains("-Dpekko.remote.artery.canonical.hostname=" + name)
          .containsSubsequence("--cassandra", "cassandra:9042");
      if (name.startsWith("worker")) {
        assertThat(arguments)
            .contains("worker", "-Dpekko.cluster.roles.0=gpu-worker")
            .containsSubsequence("--join", "coordinator:25520");
      } else {
        assertThat(arguments)
            .contains(
                "serve", "-Dpekko.cluster.roles.0=coordinator", "-Dpekko.cluster.roles.1=web");
      }
    }
  }

  @Test
  void dockerfiles_everyCopiedFile_isInTheRepository() throws Exception {
    for (String file : List.of("Dockerfile.cpu", "Dockerfile.cuda")) {
      for (String line : Files.readAllLines(docker.resolve(file))) {
        if (line.startsWith("COPY docker/")) {
          String[] words = line.split(" ");
          for (int i = 1; i < words.length - 1; i++) {
            assertThat(Repository.root().resolve(words[i])).as(file).isRegularFile();
          }
        }
      }
    }
  }

  private static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }
}
