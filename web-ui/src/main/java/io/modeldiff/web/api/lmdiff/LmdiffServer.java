package io.modeldiff.web.api.lmdiff;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.modeldiff.core.error.UserException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.server.Route;

/** A web server of the original API alone, without a platform. */
public final class LmdiffServer implements AutoCloseable {
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

  private final ActorSystem system;
  private final ExecutorService executor;
  private final ServerBinding binding;
  private final String host;

  private LmdiffServer(
      ActorSystem system, ExecutorService executor, ServerBinding binding, String host) {
    this.system = system;
    this.executor = executor;
    this.binding = binding;
    this.host = host;
  }

  /**
   * Starts to serve; models that cannot be opened are refused here.
   *
   * @param port 0 for any free one
   * @param origins web origins that may call from elsewhere
   * @param client folder of the original's built client
   */
  public static LmdiffServer start(
      LmdiffServing serving, String host, int port, Set<String> origins, Optional<Path> client) {
    serving.api().allModels();
    ActorSystem system = ActorSystem.create("lmdiff", config());
    ExecutorService executor = Executors.newSingleThreadExecutor();
    Route route =
        client.isPresent()
            ? LmdiffRoute.withClient(serving.api(), executor, origins, client.get())
            : LmdiffRoute.of(serving.api(), executor, origins);
    try {
      ServerBinding binding =
          Http.get(system).newServerAt(host, port).bind(route).toCompletableFuture().join();
      return new LmdiffServer(system, executor, binding, host);
    } catch (CompletionException e) {
      executor.shutdown();
      system.terminate();
      throw UserException.failed(
          "Nothing can listen on " + host + ":" + port + "; choose another port with --port.", e);
    }
  }

  private static Config config() {
    return ConfigFactory.parseString(
            "pekko.loglevel = WARNING\npekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off")
        .withFallback(ConfigFactory.defaultReference());
  }

  /** Where it listens, with a slash at the end. */
  public String url() {
    return "http://" + host + ":" + binding.localAddress().getPort() + "/";
  }

  @Override
  public void close() {
    binding.terminate(LAST_ANSWERS).toCompletableFuture().join();
    system.terminate();
    executor.shutdown();
  }
}
