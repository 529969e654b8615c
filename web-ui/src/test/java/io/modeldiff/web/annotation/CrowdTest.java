package io.modeldiff.web.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.analysis.agreement.ProjectAgreement;
import io.modeldiff.analysis.readmodel.AnnotationSheet;
import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.store.ChildJvm;
import io.modeldiff.core.store.StoreProcesses;
import io.modeldiff.web.annotation.Annotator.Wait;
import io.modeldiff.web.cli.Main;
import io.modeldiff.web.platform.RunningPlatform;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many annotators at once over the real command {@code serve}, its API and its embedded Cassandra;
 * the server is killed with -9 in between. Sizes and the seed can be set by system properties.
 */
@Tag("heavy")
class CrowdTest {
  private static final int PEOPLE = Integer.getInteger("crowd.people", 20);
  private static final int ITEMS = Integer.getInteger("crowd.items", 2000);
  private static final int KILLS = Integer.getInteger("crowd.kills", 1);
  private static final long SEED = Long.getLong("crowd.seed", 20261122);
  private static final int OVERLAP = 3;
  private static final int LEASE = 10;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path data;

  @AfterEach
  void stopWhatIsLeft() throws InterruptedException {
    StoreProcesses.stopAll(data);
  }

  @Test
  void crowd_withDisconnectsDoubleSubmitsAndAKill_endsWithExactlyThreeAnswersPerItem()
      throws Exception {
    int port = freePort();
    ConcurrentLinkedQueue<Wait> waits = new ConcurrentLinkedQueue<>();
    List<long[]> down = new ArrayList<>();
    ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
    Map<String, Map<String, Double>> acknowledged = new TreeMap<>();
    ApiClient operator = new ApiClient(port, "operator");
    ChildJvm server = serve(port);
    String project;
    String exported;
    JsonNode agreement;
    try {
      project = create(operator);
      long started = System.nanoTime();
      Map<String, Future<Map<String, Double>>> working = new TreeMap<>();
      for (int i = 0; i < PEOPLE; i++) {
        String name = "person-" + i;
        working.put(
            name, people.submit(new Annotator(port, name, project, SEED + i, LEASE, waits)));
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        awaitAnswers(operator, project, ITEMS * OVERLAP * kill / (KILLS + 1));
        long killed = System.nanoTime();
        server.kill();
        server = serve(port);
        awaitAnswers(operator, project, 1);
        down.add(new long[] {killed, System.nanoTime()});
      }
      for (Map.Entry<String, Future<Map<String, Double>>> e : working.entrySet()) {
        acknowledged.put(e.getKey(), e.getValue().get());
      }
      report(waits, down, (System.nanoTime() - started) / 1e9);
      exported = operator.text("/annotations/" + project + "/export?format=jsonl");
      agreement = operator.get("/annotations/" + project + "/agreement");
      copied(operator, project, "jsonl");
      copied(operator, project, "csv");
    } finally {
      people.shutdownNow();
      server.terminate();
      server.close();
    }
    check(exported, acknowledged);
    rebuilt(project, agreement);
    assertThat(Annotator.quantile(sorted(waits.stream().map(Wait::millis)), 0.99))
        .as("p99 of next item, ms")
        .isLessThan(300);
  }

  private ChildJvm serve(int port) {
    return ChildJvm.start(
        Main.class,
        "serve",
        "--data",
        data.toString(),
        "--api-port",
        Integer.toString(port),
        "--port",
        Integer.toString(freePort()));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String create(ApiClient operator) throws Exception {
    StringBuilder lines = new StringBuilder(Files.head("crowd", OVERLAP, 4, LEASE)).append('\n');
    for (int i = 0; i < ITEMS; i++) {
      lines.append(Files.item(i)).append('\n');
    }
    JsonNode body = ApiClient.object().put("format", "jsonl").put("content", lines.toString());
    for (int i = 0; i < 600; i++) {
      try {
        return operator.post("/annotations/import", body).path("id").asText();
      } catch (IOException notYet) {
        Thread.sleep(250);
      }
    }
    throw new IllegalStateException("The server did not start");
  }

  private static void awaitAnswers(ApiClient operator, String project, int answers)
      throws Exception {
    while (true) {
      try {
        if (operator.get("/annotations/" + project).at("/progress/answers").asInt() >= answers) {
          return;
        }
      } catch (IOException starting) {
        Thread.sleep(250);
      }
      Thread.sleep(100);
    }
  }

  private static List<Double> sorted(Stream<Double> millis) {
    return millis.sorted().toList();
  }

  private static void report(ConcurrentLinkedQueue<Wait> waits, List<long[]> down, double seconds) {
    System.out.printf(
        "CROWD %d people, %d items, seed %d: %.0f s in all, %.1f answers/s%n",
        PEOPLE, ITEMS, SEED, seconds, ITEMS * OVERLAP / seconds);
    down.forEach(
        d -> System.out.printf("CROWD the server was away for %.1f s%n", (d[1] - d[0]) / 1e9));
    report("requests that were answered", waits.stream().map(Wait::millis));
    report("as people saw it, the restart included", waits.stream().map(Wait::seen));
    report(
        "as people saw it, outside the restart",
        waits.stream()
            .filter(w -> down.stream().noneMatch(d -> w.got() > d[0] && w.asked() < d[1]))
            .map(Wait::seen));
  }

  private static void report(String which, Stream<Double> millis) {
    List<Double> sorted = sorted(millis);
    System.out.printf(
        "CROWD next item, %s: %d, median %.1f ms, p99 %.1f ms, max %.1f ms%n",
        which,
        sorted.size(),
        Annotator.quantile(sorted, 0.5),
        Annotator.quantile(sorted, 0.99),
        sorted.get(sorted.size() - 1));
  }

  /** What is exported, imported and exported again is the same. */
  private static void copied(ApiClient operator, String project, String format) throws Exception {
    String export = "/export?format=" + format;
    String file = operator.text("/annotations/" + project + export);
    JsonNode body = ApiClient.object().put("format", format).put("content", file);
    String copy = operator.post("/annotations/import", body).path("id").asText();
    assertThat(operator.text("/annotations/" + copy + export).replace(copy, project))
        .isEqualTo(file);
    System.out.printf("CROWD %s of %,d characters was imported again%n", format, file.length());
  }

  /** Three counted answers by three people each; everything acknowledged is there, nothing else. */
  private static void check(String exported, Map<String, Map<String, Double>> acknowledged)
      throws Exception {
    Map<String, Map<String, Double>> stored = new TreeMap<>();
    Set<String> requests = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    int late = 0;
    int aside = 0;
    for (String line : exported.split("\n", -1)) {
      JsonNode node = line.isBlank() ? JSON.nullNode() : JSON.readTree(line);
      if (node.path("kind").asText().equals("item")) {
        Set<String> counted = new HashSet<>();
        String item = node.at("/item/id").asText();
        for (JsonNode answer : node.path("answers")) {
          String by = answer.path("by").asText();
          late += answer.path("late").asBoolean() ? 1 : 0;
          aside += answer.path("counted").asBoolean() ? 0 : 1;
          if (answer.path("counted").asBoolean() && !counted.add(by)) {
            wrong.add(item + " counts " + by + " twice");
          }
          if (!requests.add(answer.path("requestId").asText())) {
            wrong.add(item + " has a request twice");
          }
          stored
              .computeIfAbsent(by, p -> new HashMap<>())
              .put(item, answer.path("score").asDouble());
        }
        if (counted.size() != OVERLAP) {
          wrong.add(item + " has " + counted.size() + " people");
        }
      }
    }
    System.out.printf(
        "CROWD %d answers, %d of them late, %d kept aside%n", requests.size(), late, aside);
    assertThat(wrong).as("seed %d", SEED).isEmpty();
    assertThat(stored).as("seed %d", SEED).isEqualTo(acknowledged);
  }

  /** The read tables hold what the journal says, before and after they are built again. */
  private void rebuilt(String project, JsonNode agreement) throws Exception {
    try (RunningPlatform platform =
        RunningPlatform.start(PlatformOptions.local(data), "cpu", System.err::println)) {
      AnnotationSheet journal = AnnotationSheet.empty(project);
      RunningPlatform.await(
          new JournalReader(platform.system())
              .current(Histories.annotation(project), 1, Long.MAX_VALUE, AnnotationEvent.class)
              .runWith(Sink.foreach(e -> journal.take(e.first(), e.second())), platform.system()));
      AnnotationProject expected = journal.project();
      assertThat(tables(platform, project)).isEqualTo(expected);
      RunningPlatform.await(platform.readSide().rebuild("annotations"));
      assertThat(tables(platform, project)).isEqualTo(expected);
      JsonNode again = JSON.valueToTree(ProjectAgreement.of(tables(platform, project)));
      assertThat(again.at("/interval/value").asDouble())
          .isEqualTo(agreement.at("/interval/value").asDouble());
      System.out.println("CROWD the read tables were rebuilt and are the same");
    }
  }

  private static AnnotationProject tables(RunningPlatform platform, String project)
      throws Exception {
    while (!RunningPlatform.await(platform.readSide().isCaughtUp("annotations"))) {
      Thread.sleep(300);
    }
    return RunningPlatform.await(platform.readSide().annotation(project)).project();
  }
}
