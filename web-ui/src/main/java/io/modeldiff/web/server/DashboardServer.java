package io.modeldiff.web.server;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.service.Services;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.Objects;
import org.eclipse.jetty.ee10.webapp.MetaInfConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The dashboard in an embedded Jetty: {@code DashboardServer.start("127.0.0.1", 8080, services)}.
 * Everything that a browser needs comes from this process; nothing is loaded from elsewhere.
 */
public final class DashboardServer implements AutoCloseable {
  // Only these are scanned for annotations and META-INF/resources: the rest of the class path
  // (Pekko, the Cassandra driver, libtorch) would only slow the start.
  private static final String SCANNED =
      ".*/(flow|vaadin|echarts|web-ui)-[^/]*\\.jar$|.*/web-ui/target/classes/.*";
  private static final String ROOT_MARKER = "/webroot/ROOT";
  private static final int THREADS = 64;

  private final Server server;
  private final ServerConnector connector;

  private DashboardServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts to serve.
   *
   * @param address to listen on; whether it is allowed was decided by {@code services.access()}
   * @param port to listen on, 0 for any free one
   * @throws UserException when the port is taken
   */
  public static DashboardServer start(String address, int port, Services services) {
    QueuedThreadPool pool = new QueuedThreadPool(THREADS, 4);
    pool.setName("dashboard");
    Server server = new Server(pool);
    ServerConnector connector = connector(server, address, port);
    server.addConnector(connector);
    server.setHandler(new GuardHandler(services.access().singleUser(), webApp(services)));
    try {
      server.start();
    } catch (IOException e) {
      stopQuietly(server);
      throw UserException.failed(
          "The dashboard cannot listen on "
              + address
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "); choose another port with --port.",
          e);
    } catch (Exception e) {
      stopQuietly(server);
      throw UserException.failed("The dashboard did not start: " + e.getMessage(), e);
    }
    return new DashboardServer(server, connector);
  }

  private static ServerConnector connector(Server server, String address, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address);
    connector.setPort(port);
    return connector;
  }

  private static WebAppContext webApp(Services services) {
    WebAppContext app = new WebAppContext();
    app.setContextPath("/");
    app.setBaseResource(ResourceFactory.root().newResource(webRoot()));
    app.setParentLoaderPriority(true);
    app.setThrowUnavailableOnStartupException(true);
    app.setConfigurationDiscovered(true);
    app.setInitParameter("productionMode", "true");
    // Logback would stop the whole process's logging with this context, and a platform that was
    // taken out of its cluster goes on with another one.
    app.setInitParameter("logbackDisableServletContainerInitializer", "true");
    app.setAttribute(MetaInfConfiguration.CONTAINER_JAR_PATTERN, SCANNED);
    app.setAttribute(Services.class.getName(), services);
    JakartaWebSocketServletContainerInitializer.configure(app, null);
    return app;
  }

  private static URI webRoot() {
    URL marker =
        Objects.requireNonNull(
            DashboardServer.class.getResource(ROOT_MARKER), "the build lost " + ROOT_MARKER);
    String url = marker.toString();
    return URI.create(url.substring(0, url.length() - "/ROOT".length()));
  }

  private static void stopQuietly(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      server.setStopTimeout(0);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Stops serving. */
  @Override
  public void close() {
    stopQuietly(server);
  }
}
