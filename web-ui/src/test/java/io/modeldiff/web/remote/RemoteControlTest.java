package io.modeldiff.web.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RemoteControlTest {
  @Test
  void answer_thatIsNoJson_becomesOneSentence() throws IOException {
    // What Pekko's HTTP server says by itself when an answer takes too long.
    byte[] body =
        "The server was not able to produce a timely response to your request.\r\nPlease try again!"
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      RemoteControl platform =
          new RemoteControl("http://127.0.0.1:" + server.getAddress().getPort(), null);
      assertThatThrownBy(() -> platform.diff("a", "b", "text"))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("The platform was not done in the time that one answer may take")
          .extracting(e -> ((UserException) e).exitCode())
          .isEqualTo(UserException.FAILED);
    } finally {
      server.stop(0);
    }
  }
}
