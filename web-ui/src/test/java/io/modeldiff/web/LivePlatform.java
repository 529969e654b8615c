package io.modeldiff.web;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.readmodel.ReadSide;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import io.modeldiff.core.store.CassandraInstall;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.api.ApiServer;
import io.modeldiff.web.live.LiveServices;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.server.DashboardServer;
import io.modeldiff.web.service.BundledDemo;
import io.modeldiff.web.service.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One real platform for all tests of a run that ask for it: embedded Cassandra, actors, read side,
 * the models of this repository. It is empty at first; what a class registers stays for the next.
 */
public final class LivePlatform implements ExtensionContext.Store.CloseableResource {
  private final Path directory;
  private RunningPlatform platform;

  private LivePlatform() {
    if (System.getProperty(CassandraInstall.HOME_PROPERTY) == null) {
      System.setProperty(
          CassandraInstall.HOME_PROPERTY, Path.of("..").toAbsolutePath().normalize().toString());
    }
    try {
      directory = Files.createTempDirectory("modeldiff-live");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    platform = started();
  }

  private RunningPlatform started() {
    return RunningPlatform.start(
        PlatformOptions.local(directory.resolve("data")), "cpu", System.err::println);
  }

  /** Ends the platform and starts it on the same store; all fronts must be closed. */
  public void restart() {
    platform.close();
    platform = started();
  }

  /** Dashboard and API over the platform, under these access rules. */
  public Front front(AccessControl access) {
    LiveServices live = LiveServices.start(platform, access, "cpu").keeping();
    return new Front(
        live,
        DashboardServer.start("127.0.0.1", 0, live.services()),
        ApiServer.start("127.0.0.1", 0, live.services(), platform.system()));
  }

  /** The same in single-user mode. */
  public Front front() {
    return front(AccessControl.listeningOn("127.0.0.1", Platform.users(directory)));
  }

  /**
   * Services as a process has them that has just started: nothing in memory, and what is kept is
   * only read.
   */
  public LiveServices services() {
    return LiveServices.start(
        platform, AccessControl.listeningOn("127.0.0.1", Platform.users(directory)), "cpu");
  }

  /**
   * Fills the store with finished campaigns and a comparison.
   *
   * @param particles a hundredth of the comparison's samples
   * @return the comparison's id
   */
  public String fill(Services services, int campaigns, int particles) {
    BundledDemo.register(services, Caller.local());
    LargeStore store = new LargeStore(platform, particles);
    ModelRef small = model("small-toy");
    store.campaigns(small, campaigns);
    return store.comparison(small, model("large-toy"));
  }

  /** Allows a finished campaign more evaluations, of which it makes no use. */
  public void extend(String campaign, long evaluations) {
    new LargeStore(platform, 1).extend(campaign, evaluations);
  }

  /** A comparison's estimates from the journal's first event on. */
  public Outcome computed(String comparison) {
    return Objects.requireNonNull(platform.analysis(comparison).outcome());
  }

  /** Read tables and what is kept beside them. */
  public ReadSide readSide() {
    return platform.readSide();
  }

  /** The platform's actor system, to read the journal with. */
  public ActorSystem<?> system() {
    return platform.system();
  }

  private ModelRef model(String name) {
    ModelRegistered found =
        RunningPlatform.await(platform.replicas().registry().all()).models().get(name);
    return new ModelRef(found.name(), found.path(), found.hash(), "auto");
  }

  @Override
  public void close() throws IOException {
    platform.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** What a browser and a script talk to. */
  public record Front(LiveServices live, DashboardServer dashboard, ApiServer api)
      implements AutoCloseable {
    public Services services() {
      return live.services();
    }

    public String pages() {
      return "http://127.0.0.1:" + dashboard.port() + "/";
    }

    public String routes() {
      return "http://127.0.0.1:" + api.port() + "/api/v1/";
    }

    @Override
    public void close() {
      dashboard.close();
      api.close();
      live.close();
    }
  }

  /** Gives the one platform to the tests that name it as a parameter. */
  public static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == LivePlatform.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .getOrComputeIfAbsent(LivePlatform.class, k -> new LivePlatform(), LivePlatform.class);
    }
  }
}
