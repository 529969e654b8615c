package io.modeldiff.web.api;

import io.modeldiff.analysis.lmdiff.compat.OriginalApi;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.service.Services;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;

/** The REST API on Pekko HTTP: {@code ApiServer.start("127.0.0.1", 8081, services, system)}. */
public final class ApiServer implements AutoCloseable {
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

  private final ServerBinding binding;

  private ApiServer(ServerBinding binding) {
    this.binding = binding;
  }

  /**
   * Starts to serve.
   *
   * @param address to listen on; whether it is allowed was decided by {@code services.access()}
   * @param port to listen on, 0 for any free one
   */
  public static ApiServer start(
      String address, int port, Services services, ActorSystem<?> system) {
    return bind(address, port, new Dispatcher(services, null, system), system);
  }

  /**
   * Starts to serve.
   *
   * @param original answers below {@code /api} what LMdiff's client asks there
   */
  public static ApiServer start(
      String address, int port, Services services, OriginalApi original, ActorSystem<?> system) {
    return bind(address, port, new Dispatcher(services, original, system), system);
  }

  private static ApiServer bind(
      String address, int port, Dispatcher dispatcher, ActorSystem<?> system) {
    try {
      return new ApiServer(
          Http.get(system)
              .newServerAt(address, port)
              .bind(dispatcher::handle)
              .toCompletableFuture()
              .join());
    } catch (CompletionException e) {
      throw UserException.failed(
          "The API cannot listen on "
              + address
              + ":"
              + port
              + "; choose another port with --api-port.",
          e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return binding.localAddress().getPort();
  }

  /** Stops taking requests and lets running ones finish for a moment. */
  @Override
  public void close() {
    binding.terminate(LAST_ANSWERS).toCompletableFuture().join();
  }
}
