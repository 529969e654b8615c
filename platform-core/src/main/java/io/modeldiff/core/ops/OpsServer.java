package io.modeldiff.core.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics}, {@code /health/live} and {@code /health/ready}; a health path answers
 * 200 or 503 and says why in words.
 */
public final class OpsServer implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;

  private OpsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts the server.
   *
   * @param host address to listen on
   * @param port 0 picks any
   * @throws UserException when the port is taken
   */
  public static OpsServer start(
      String host, int port, Supplier<Health> health, Supplier<String> metrics) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
      server.createContext("/metrics", e -> answer(e, 200, METRICS, metrics.get()));
      server.createContext("/health/live", e -> answer(e, health.get(), health.get().live()));
      server.createContext("/health/ready", e -> answer(e, health.get(), health.get().ready()));
      ExecutorService threads =
          Executors.newFixedThreadPool(
              2,
              task -> {
                Thread thread = new Thread(task, "ops-server");
                thread.setDaemon(true);
                return thread;
              });
      server.setExecutor(threads);
      server.start();
      return new OpsServer(server, threads);
    } catch (IOException e) {
      throw UserException.failed(
          "The port for metrics and health, "
              + host
              + ":"
              + port
              + ", cannot be listened on ("
              + e.getMessage()
              + "); set modeldiff.ops.port to another one.",
          e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, Health health, boolean good)
      throws IOException {
    String words = health.sentences().isEmpty() ? "ok" : String.join("\n", health.sentences());
    answer(exchange, good ? 200 : 503, TEXT, words + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
