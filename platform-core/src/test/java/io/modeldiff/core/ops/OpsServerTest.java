package io.modeldiff.core.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.store.StoreStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpsServerTest {
  private static final StoreStatus UP =
      new StoreStatus(StoreStatus.State.UP, "Cassandra answers.", Instant.EPOCH);
  private static final StoreStatus WAITING =
      new StoreStatus(StoreStatus.State.WAITING, "Waiting for Cassandra.", Instant.EPOCH);

  @Test
  void ready_storeAway_isLiveButNotReadyAndSaysWhy() throws Exception {
    Health away = Health.of(true, true, "Up", WAITING);
    try (OpsServer server = OpsServer.start("127.0.0.1", 0, () -> away, () -> "")) {
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = get(server, "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("Waiting for Cassandra.");
    }
  }

  @Test
  void ready_memberOfItsClusterAndStoreUp_isOk() throws Exception {
    Health good = Health.of(true, true, "Up", UP);
    try (OpsServer server = OpsServer.start("127.0.0.1", 0, () -> good, () -> "a 1\n")) {
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics").body()).isEqualTo("a 1\n");
    }
  }

  @Test
  void of_systemEnded_asksForARestart() {
    Health ended = Health.of(false, false, "Removed", UP);
    assertThat(ended.live()).isFalse();
    assertThat(ended.sentences()).anyMatch(s -> s.contains("restart the process"));
  }

  private static HttpResponse<String> get(OpsServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
