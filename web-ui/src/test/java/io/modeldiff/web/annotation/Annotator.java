package io.modeldiff.web.annotation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A person as people are: goes away with an item, comes back late, presses the key twice, loses the
 * connection and sends again, changes their mind.
 */
final class Annotator implements Callable<Map<String, Double>> {
  private final ApiClient api;
  private final String name;
  private final String project;
  private final Random random;
  private final int leaseSeconds;
  private final ConcurrentLinkedQueue<Wait> waits;

  /** What the server acknowledged: item to score. */
  private final Map<String, Double> acknowledged = new ConcurrentHashMap<>();

  private int requests;

  Annotator(
      int port,
      String name,
      String project,
      long seed,
      int leaseSeconds,
      ConcurrentLinkedQueue<Wait> waits) {
    this.api = new ApiClient(port, name);
    this.name = name;
    this.project = "/annotations/" + project;
    this.random = new Random(seed);
    this.leaseSeconds = leaseSeconds;
    this.waits = waits;
  }

  @Override
  public Map<String, Double> call() throws Exception {
    for (JsonNode next = next(); !next.path("state").asText().equals("done"); next = next()) {
      if (next.path("state").asText().equals("waiting")) {
        Thread.sleep(200);
      } else {
        work(next.at("/item/id").asText());
      }
    }
    return acknowledged;
  }

  private JsonNode next() throws InterruptedException {
    long asked = System.nanoTime();
    return patiently(
        () -> {
          long sent = System.nanoTime();
          JsonNode next = api.post(project + "/next", ApiClient.object());
          long got = System.nanoTime();
          waits.add(new Wait(asked, got, (got - sent) / 1e6));
          return next;
        });
  }

  /**
   * A wait for the next item.
   *
   * @param asked when the person wanted it, nanoseconds
   * @param got when it was there, whatever became of the server meanwhile
   * @param millis how long the request took that was answered
   */
  record Wait(long asked, long got, double millis) {
    /** What the person saw: lost connections and a restarting server included. */
    double seen() {
      return (got - asked) / 1e6;
    }
  }

  private void work(String item) throws Exception {
    int mood = random.nextInt(200);
    if (mood == 0) {
      Thread.sleep(leaseSeconds * 1000L + 300); // goes away; the item is somebody else's
    } else if (mood == 1) {
      Thread.sleep(leaseSeconds * 1000L + 300);
      answer(item, 1); // comes back late
    } else if (mood < 4) {
      post(item + "/skip", null);
    } else if (mood < 14) {
      answer(item, 2); // the key was pressed twice
    } else {
      answer(item, 1);
      if (mood == 14) {
        undo();
      }
    }
  }

  private void answer(String item, int times) throws Exception {
    double score = random.nextInt(5) / 4.0;
    String request = name + "-" + requests++;
    CompletableFuture<?>[] sent = new CompletableFuture<?>[times];
    for (int i = 0; i < times; i++) {
      sent[i] = CompletableFuture.runAsync(() -> submit(item, score, request));
    }
    CompletableFuture.allOf(sent).get();
    acknowledged.put(item, score);
  }

  private void submit(String item, double score, String request) {
    try {
      patiently(
          () ->
              api.post(
                  project + "/items/" + item + "/answer",
                  ApiClient.object().put("score", score).put("requestId", request)));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void post(String what, @Nullable Double score) throws InterruptedException {
    String request = name + "-" + requests++;
    patiently(
        () -> api.post(project + "/items/" + what, ApiClient.object().put("requestId", request)));
  }

  private void undo() throws Exception {
    String request = name + "-" + requests++;
    JsonNode back =
        patiently(() -> api.post(project + "/undo", ApiClient.object().put("requestId", request)));
    acknowledged.remove(back.at("/item/id").asText());
  }

  /** Sends again until there is an answer, as a browser that reconnects does. */
  private static <T> T patiently(Callable<T> call) throws InterruptedException {
    while (true) {
      try {
        return call.call();
      } catch (IOException lost) {
        Thread.sleep(250);
      } catch (InterruptedException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static double quantile(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1.0, share * sorted.size()));
  }
}
