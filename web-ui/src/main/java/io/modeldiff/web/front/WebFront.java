package io.modeldiff.web.front;

import io.modeldiff.core.store.DataDirectory;
import io.modeldiff.core.store.RememberedPorts;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.UserStore;
import io.modeldiff.web.api.ApiServer;
import io.modeldiff.web.live.LiveServices;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.server.DashboardServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalInt;

/** Dashboard and API of one process, over a running platform. */
public final class WebFront implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final LiveServices services;
  private final DashboardServer dashboard;
  private final ApiServer api;
  private final String host;

  private WebFront(LiveServices services, DashboardServer dashboard, ApiServer api, String host) {
    this.services = services;
    this.dashboard = dashboard;
    this.api = api;
    this.host = host;
  }

  /**
   * Where to listen.
   *
   * @param host address; anything but loopback needs configured users
   * @param dashboard port of the dashboard; empty: one that is picked once and remembered
   * @param api port of the API; likewise
   */
  public record Address(String host, OptionalInt dashboard, OptionalInt api) {
    /** Loopback, on the data directory's own ports. */
    public static Address loopback() {
      return new Address(LOOPBACK, OptionalInt.empty(), OptionalInt.empty());
    }
  }

  private static AccessControl access(DataDirectory directory, Address address) {
    return AccessControl.listeningOn(
        address.host(), UserStore.open(usersFile(directory.layout().root()), Clock.systemUTC()));
  }

  /**
   * Starts both servers.
   *
   * @param device where single texts are scored
   */
  public static WebFront start(RunningPlatform platform, Address address, String device) {
    DataDirectory directory = platform.platform().directory();
    AccessControl access = access(directory, address);
    RememberedPorts ports = directory.ports();
    int dashboardPort = address.dashboard().orElseGet(() -> ports.freePort("dashboard"));
    int apiPort = address.api().orElseGet(() -> ports.freePort("api"));
    LiveServices services = LiveServices.start(platform, access, device).keeping();
    DashboardServer dashboard = null;
    ApiServer api = null;
    try {
      dashboard = DashboardServer.start(address.host(), dashboardPort, services.services());
      api =
          ApiServer.start(
              address.host(),
              apiPort,
              services.services(),
              services.originalApi(),
              platform.system());
      return new WebFront(services, dashboard, api, address.host());
    } finally {
      if (api == null) {
        if (dashboard != null) {
          dashboard.close();
        }
        services.close();
      }
    }
  }

  /** Where a browser finds the dashboard. */
  public String dashboardUrl() {
    return "http://" + host + ":" + dashboard.port() + "/";
  }

  /** Where scripts find the API. */
  public String apiUrl() {
    return "http://" + host + ":" + api.port() + "/api/v1";
  }

  /** Where the users of a data directory are kept. */
  public static Path usersFile(Path data) {
    return data.resolve("users.json");
  }

  @Override
  public void close() {
    dashboard.close();
    api.close();
    services.close();
  }
}
