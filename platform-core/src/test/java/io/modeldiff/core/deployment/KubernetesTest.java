package io.modeldiff.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.modeldiff.core.platform.PlatformConfig;
import io.modeldiff.core.store.CassandraEndpoint;
import io.modeldiff.core.store.StoreKeyspaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KubernetesTest {
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Stream.of(
              Namespace.class,
              ServiceAccount.class,
              Role.class,
              RoleBinding.class,
              Secret.class,
              Service.class,
              PersistentVolumeClaim.class,
              PodDisruptionBudget.class,
              StatefulSet.class,
              Deployment.class,
              Job.class,
              NetworkPolicy.class)
          .collect(Collectors.toMap(Class::getSimpleName, c -> c));

  private final Path base = Repository.root().resolve("k8s/base");
  private final Kustomization kustomization =
      Repository.STRICT.convertValue(
          Repository.documents(base.resolve("kustomization.yaml")).get(0), Kustomization.class);
  private final List<HasMetadata> resources = resources();

  /** What our kustomization may say. */
  record Kustomization(
      String apiVersion,
      String kind,
      String namespace,
      List<String> resources,
      List<Generator> configMapGenerator,
      List<Image> images) {}

  record Generator(String name, List<String> files) {}

  record Image(String name, String newName, String newTag) {}

  private List<HasMetadata> resources() {
    List<HasMetadata> all = new ArrayList<>();
    for (String file : kustomization.resources()) {
      for (Map<String, Object> document : Repository.documents(base.resolve(file))) {
        String kind = String.valueOf(document.get("kind"));
        Class<? extends HasMetadata> type = KINDS.get(kind);
        assertThat(type).as("kind %s in %s", kind, file).isNotNull();
        HasMetadata resource = Repository.STRICT.convertValue(document, type);
        assertThat(HasMetadata.getApiVersion(type).replaceFirst("^/", ""))
            .as(file)
            .isEqualTo(document.get("apiVersion"));
        all.add(resource);
      }
    }
    return all;
  }

  private <T extends HasMetadata> List<T> all(Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Set<String> names(Class<? extends HasMetadata> type) {
    return all(type).stream().map(r -> r.getMetadata().getName()).collect(Collectors.toSet());
  }

  /** Pod templates by the name of what makes the pods. */
  private Map<String, PodTemplateSpec> pods() {
    Map<String, PodTemplateSpec> pods = new LinkedHashMap<>();
    all(Deployment.class)
        .forEach(d -> pods.put(d.getMetadata().getName(), d.getSpec().getTemplate()));
    all(StatefulSet.class)
        .forEach(s -> pods.put(s.getMetadata().getName(), s.getSpec().getTemplate()));
    all(Job.class).forEach(j -> pods.put(j.getMetadata().getName(), j.getSpec().getTemplate()));
    return pods;
  }

  @Test
  void kustomization_files_areAllListedAndCurrent() throws Exception {
    try (Stream<Path> files = Files.list(base)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".yaml")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(kustomization.resources().stream(), Stream.of("kustomization.yaml"))
                  .toList());
    }
    assertThat(base.resolve("schema.cql"))
        .as("the schema that the cluster gets is the program's")
        .hasSameTextualContentAs(
            Repository.root()
                .resolve("platform-core/src/main/resources/io/modeldiff/core/store/schema.cql"));
  }

  @Test
  void selectors_everyOne_matchesPods() {
    Map<String, PodTemplateSpec> pods = pods();
    all(Deployment.class)
        .forEach(d -> requireMatch(d.getSpec().getSelector().getMatchLabels(), pods));
    all(StatefulSet.class)
        .forEach(s -> requireMatch(s.getSpec().getSelector().getMatchLabels(), pods));
    all(PodDisruptionBudget.class)
        .forEach(b -> requireMatch(b.getSpec().getSelector().getMatchLabels(), pods));
    all(NetworkPolicy.class)
        .forEach(p -> requireMatch(p.getSpec().getPodSelector().getMatchLabels(), pods));
    for (Service service : all(Service.class)) {
      PodTemplateSpec target = requireMatch(service.getSpec().getSelector(), pods);
      for (ServicePort port : service.getSpec().getPorts()) {
        String name =
            port.getTargetPort() == null ? port.getName() : port.getTargetPort().getStrVal();
        assertThat(ports(target)).as(service.getMetadata().getName()).contains(name);
      }
    }
    all(StatefulSet.class)
        .forEach(s -> assertThat(names(Service.class)).contains(s.getSpec().getServiceName()));
  }

  private static PodTemplateSpec requireMatch(
      Map<String, String> selector, Map<String, PodTemplateSpec> pods) {
    List<PodTemplateSpec> matching =
        pods.values().stream()
            .filter(p -> p.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
            .toList();
    assertThat(matching).as("pods with %s", selector).isNotEmpty();
    return matching.get(0);
  }

  private static List<String> ports(PodTemplateSpec pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(c -> c.getPorts().stream())
        .map(ContainerPort::getName)
        .toList();
  }

  @Test
  void pods_everyReference_isDeclared() {
    pods()
        .forEach(
            (name, pod) -> {
              String account = pod.getSpec().getServiceAccountName();
              if (account != null) {
                assertThat(names(ServiceAccount.class)).as(name).contains(account);
              }
              List<String> volumes =
                  new ArrayList<>(
                      pod.getSpec().getVolumes().stream().map(Volume::getName).toList());
              all(StatefulSet.class).stream()
                  .filter(s -> s.getMetadata().getName().equals(name))
                  .flatMap(s -> s.getSpec().getVolumeClaimTemplates().stream())
                  .forEach(claim -> volumes.add(claim.getMetadata().getName()));
              pod.getSpec().getVolumes().forEach(v -> requireVolume(name, v));
              pod.getSpec().getContainers().forEach(c -> requireContainer(name, c, volumes));
            });
    RoleBinding binding = all(RoleBinding.class).get(0);
    assertThat(names(Role.class)).contains(binding.getRoleRef().getName());
    assertThat(names(ServiceAccount.class)).contains(binding.getSubjects().get(0).getName());
  }

  private void requireVolume(String pod, Volume volume) {
    if (volume.getPersistentVolumeClaim() != null) {
      assertThat(names(PersistentVolumeClaim.class))
          .as(pod)
          .contains(volume.getPersistentVolumeClaim().getClaimName());
    }
    if (volume.getConfigMap() != null) {
      assertThat(kustomization.configMapGenerator().stream().map(Generator::name))
          .as(pod)
          .contains(volume.getConfigMap().getName());
    }
  }

  private void requireContainer(String pod, Container container, List<String> volumes) {
    assertThat(volumes)
        .as(pod)
        .containsAll(container.getVolumeMounts().stream().map(m -> m.getName()).toList());
    List<String> ports = container.getPorts().stream().map(ContainerPort::getName).toList();
    Stream.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())
        .filter(Objects::nonNull)
        .map(Probe::getHttpGet)
        .filter(Objects::nonNull)
        .forEach(get -> assertThat(ports).as(pod).contains(get.getPort().getStrVal()));
    for (EnvVar variable : container.getEnv()) {
      if (variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null) {
        var reference = variable.getValueFrom().getSecretKeyRef();
        assertThat(all(Secret.class))
            .as(pod)
            .anyMatch(
                s ->
                    s.getMetadata().getName().equals(reference.getName())
                        && s.getStringData().containsKey(reference.getKey()));
      }
    }
  }

  @Test
  void gpuWorkers_resources_askForOneGpuEach() {
    Container worker = container("modeldiff-gpu-worker");
    assertThat(worker.getResources().getLimits()).containsKey("nvidia.com/gpu");
    assertThat(worker.getResources().getRequests()).containsKey("nvidia.com/gpu");
    assertThat(container("modeldiff-coordinator").getResources().getLimits())
        .doesNotContainKey("nvidia.com/gpu");
  }

  /** The environment in the manifests, through the images' entry point, into the program. */
  @Test
  void entryPoint_environmentOfEachPod_configuresRolesBootstrapAndPorts() throws Exception {
    for (String name : List.of("modeldiff-coordinator", "modeldiff-gpu-worker")) {
      Container container = container(name);
      Map<String, String> environment = new LinkedHashMap<>();
      for (EnvVar variable : container.getEnv()) {
        environment.put(
            variable.getName(),
            variable.getValue() == null
                ? "10.1.2.3"
                : variable.getValue().replace("$(POD_IP)", "10.1.2.3"));
      }
      List<String> arguments =
          EntryPoint.arguments(
              Repository.root().resolve("docker/entrypoint.sh"), environment, container.getArgs());
      Config config = configuration(arguments);
      assertThat(config.getStringList("pekko.cluster.roles"))
          .isEqualTo(List.of(environment.get("MODELDIFF_ROLES").split(",")));
      assertThat(config.getString("modeldiff.cluster.bootstrap")).isEqualTo("kubernetes");
      assertThat(config.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("10.1.2.3");
      List<Integer> ports =
          container.getPorts().stream().map(ContainerPort::getContainerPort).toList();
      assertThat(ports)
          .contains(
              config.getInt("pekko.remote.artery.canonical.port"),
              config.getInt("pekko.management.http.port"),
              config.getInt("modeldiff.ops.port"));
      PodTemplateSpec pod = Objects.requireNonNull(pods().get(name));
      String selector = config.getString("pekko.discovery.kubernetes-api.pod-label-selector");
      assertThat(pod.getMetadata().getLabels())
          .containsEntry(selector.split("=")[0], selector.split("=")[1]);
    }
  }

  /** The configuration that a process with these system properties would have. */
  private static Config configuration(List<String> arguments) {
    java.util.Properties properties = new java.util.Properties();
    for (String argument : arguments) {
      if (argument.startsWith("-D") && argument.contains("=")) {
        int equals = argument.indexOf('=');
        properties.setProperty(argument.substring(2, equals), argument.substring(equals + 1));
      }
    }
    return com.typesafe.config.ConfigFactory.parseProperties(properties)
        .withFallback(
            PlatformConfig.local(
                    CassandraEndpoint.parse("cassandra", "datacenter1"), StoreKeyspaces.DEFAULT)
                .toConfig())
        .resolve();
  }

  private Container container(String pod) {
    return Objects.requireNonNull(pods().get(pod)).getSpec().getContainers().get(0);
  }
}
