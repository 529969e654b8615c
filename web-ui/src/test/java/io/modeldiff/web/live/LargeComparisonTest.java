package io.modeldiff.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.platform.RunningPlatform;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long pages of the inputs of a million samples take to come out of the API after a restart of
 * the platform: the first one takes the reading of all samples. Timings are printed, generous
 * limits are asserted.
 */
@Tag("heavy")
@ExtendWith(LivePlatform.Shared.class)
class LargeComparisonTest {
  private static final int SAMPLES = 1_000_000;
  private static final long MOST_MILLIS = 1000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Long> millis = new LinkedHashMap<>();

  @Test
  void inputs_ofAMillionSamples_comeAtOnceOnceTheyAreRead(LivePlatform platform) throws Exception {
    String id = fill(platform);
    platform.restart();
    try (LivePlatform.Front front = platform.front()) {
      String inputs = front.routes() + "comparisons/" + id + "/inputs?limit=20&direction=";
      untilRead(inputs + "AB&from=-0.1&to=0.1");
      ask("other range", inputs + "AB&from=0.02&to=0.04");
      ask("other range of the other side", inputs + "BA&from=-0.2&to=-0.18");
      ask("next page", inputs + "BA&from=-0.2&to=-0.18&offset=20");
      ask("page 5001", inputs + "BA&from=-0.2&to=-0.18&offset=100000");
      ask("range without inputs", inputs + "AB&from=0.5&to=0.6");
      ask("text", inputs + "AB&from=0.06&to=0.2&text=12");
      ask("text that few have", inputs + "AB&from=0.06&to=0.2&text=777777");
      ask("range of z", inputs + "AB&zFrom=1.8&zTo=1.81");
      ask("ranges and text", inputs + "AB&from=-0.1&to=0&zFrom=1.8&zTo=1.9&text=55");
      String composition = front.routes() + "comparisons/" + id + "/composition?direction=";
      ask("what texts they are", composition + "AB&from=0.08&to=0.1");
    } finally {
      System.err.printf(
          "%,d samples, %d MB of heap in use, load average %.1f; milliseconds: %s%n",
          SAMPLES,
          usedMegabytes(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          millis);
    }
    millis.remove("samples read");
    assertThat(millis.values()).allMatch(m -> m <= MOST_MILLIS);
  }

  private static String fill(LivePlatform platform) throws InterruptedException {
    try (LivePlatform.Front front = platform.front()) {
      String id = platform.fill(front.services(), 1, SAMPLES / 100);
      while (!RunningPlatform.await(platform.readSide().comparisonDocuments().findings())
          .containsKey(id)) {
        Thread.sleep(1000);
      }
      return id;
    }
  }

  private void ask(String name, String address) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<String> answer = answer(address);
    millis.put(name, (System.nanoTime() - start) / 1_000_000);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> answer(String address) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** An answer that takes more than 20 seconds is asked for again. */
  private void untilRead(String address) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (answer(address).statusCode() != 200) {
      Thread.sleep(100);
    }
    millis.put("samples read", (System.nanoTime() - start) / 1_000_000);
  }

  private static long usedMegabytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }
}
