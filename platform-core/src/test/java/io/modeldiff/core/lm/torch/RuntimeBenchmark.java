package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.Proposal;
import io.modeldiff.core.space.InputSpace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Throughput of the runtime beside the matrix-product rate measured in the same run and, when a
 * Python with torch and transformers is named, beside the same work there. Started by
 *
 * <pre>
 * mvn -pl platform-core -am test -Dtest=RuntimeBenchmark -Dtest.excluded.groups=none \
 *     -Dsurefire.failIfNoSpecifiedTests=false [-Dtest.threads=1] \
 *     -Dbenchmark.python=/path/to/python [-Dbenchmark.models=toy,gpt2-small,llama-small]
 * </pre>
 *
 * <p>Every figure is the best of repeated runs, so that other work on the machine disturbs little.
 * The table goes to target/benchmark/runtime.md.
 */
@Tag("heavy")
class RuntimeBenchmark {
  private static final Path OUT = Path.of("target/benchmark");
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("benchmark.seconds", "2"));

  /** Lanes at which generation is also timed without a cache. */
  private static final int RECOMPUTED = 8;

  private static final String DEVICE = System.getProperty("benchmark.device", "cpu");

  private final Map<String, Double> ours = new LinkedHashMap<>();
  private final Map<String, Double> flops = new LinkedHashMap<>();

  @Test
  void throughput_besideRooflineAndPeer() throws Exception {
    Files.createDirectories(OUT);
    Map<String, Path> models = new LinkedHashMap<>();
    for (String name :
        System.getProperty("benchmark.models", "toy,gpt2-small,llama-small").split(",")) {
      models.put(name, directory(name));
    }
    double roofline = roofline();
    for (Map.Entry<String, Path> m : models.entrySet()) {
      try (TorchModel model =
          TorchModel.load(ModelDirectory.open(m.getValue()), new LoadOptions(DEVICE, "f32"))) {
        measure(m.getKey(), model);
      }
    }
    roofline = Math.max(roofline, roofline());
    report(roofline, peer(models));
    assertThat(ours).isNotEmpty();
  }

  private static Path directory(String name) throws IOException {
    Path at = OUT.resolve(name);
    if (Files.isRegularFile(at.resolve("model.safetensors"))) {
      return at;
    }
    return switch (name) {
      case "toy" -> RandomModels.gpt2(at, 11, 16, 64, 6, 4);
      case "gpt2-small" -> RandomModels.gpt2(at, 50257, 1024, 768, 12, 12);
      case "llama-small" -> RandomModels.llama(at, 32000, 2048, 768, 12, 12, 4, 2048);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Best seconds of one call, of as many as fit the time. */
  private static double best(Runnable work) {
    double best = Double.MAX_VALUE;
    long until = System.nanoTime() + (long) (SECONDS * 1e9);
    do {
      long t = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - t) / 1e9);
    } while (System.nanoTime() < until);
    return best;
  }

  private static double roofline() {
    DeviceQueue queue = DeviceQueue.of(DEVICE);
    return queue.call(
        () -> {
          try (NDManager m = NDManager.newBaseManager(queue.device())) {
            int n = 2048;
            PtNDArray a = Torch.of(m.randomNormal(new Shape(n, n)));
            double seconds =
                best(
                    () -> {
                      try (PtNDArray c = JniUtils.matmul(a, a);
                          PtNDArray corner = Torch.slice(c, 0, 0, 1)) {
                        corner.toFloatArray();
                      }
                    });
            return 2.0 * n * n * n / seconds;
          }
        });
  }

  private void measure(String name, TorchModel model) {
    boolean toy = name.equals("toy");
    int length = toy ? 8 : 25;
    for (int lanes : new int[] {1, 8, 32}) {
      score(name, model, lanes, length);
      generate(name, model, lanes, length);
    }
    if (toy) {
      score(name, model, 128, length);
      generate(name, model, 128, length);
    } else {
      generate(name, model, 8, 100);
    }
  }

  private static int[][] sequences(InputSpace space, int lanes) {
    SplittableRandom random = new SplittableRandom(3);
    int[][] s = new int[lanes][space.length()];
    for (int[] row : s) {
      Arrays.setAll(row, i -> random.nextInt(space.vocabulary()));
    }
    return s;
  }

  private static InputSpace space(TorchModel model, int length) {
    int v = model.info().vocabulary();
    return InputSpace.all(length, new int[] {model.info().bos().orElseThrow()}, v);
  }

  /** Tokens scored per second. */
  private void score(String name, TorchModel model, int lanes, int length) {
    InputSpace space = space(model, length);
    int[][] x = sequences(space, lanes);
    try (LaneCache cache = model.openLanes(space, lanes)) {
      double seconds = best(() -> cache.load(x, new double[0]));
      String key = "%s score B=%d N=%d".formatted(name, lanes, length);
      ours.put(key, lanes * length / seconds);
      flops.put(key, flopsPerToken(model, length) * lanes * length / seconds);
    }
  }

  /** Multiply-adds of matrices, attention and head for one token of a sequence. */
  private static double flopsPerToken(TorchModel model, int length) {
    var s = model.transformer().spec();
    double attention = 2.0 * 2 * s.layers() * s.heads() * s.headDim() * length;
    return s.flopsPerPosition() + attention + 2.0 * s.width() * s.vocabulary();
  }

  /** New tokens per second from the middle of the sequence, with the cache and by recomputing. */
  private void generate(String name, TorchModel model, int lanes, int length) {
    InputSpace space = space(model, length);
    int[][] x = sequences(space, lanes);
    int from = length / 2;
    int[] all = new int[lanes];
    Arrays.setAll(all, i -> i);
    double[] beta = new double[lanes];
    Arrays.fill(beta, 1);
    double[][] u = new double[lanes][length - from];
    for (double[] row : u) {
      Arrays.fill(row, 0.5);
    }
    Proposal proposal = new Proposal(all, from, length, x, beta, u, true);
    int fresh = lanes * (length - from);
    try (LaneCache cache = model.openLanes(space, lanes)) {
      cache.load(x, new double[0]);
      double seconds = best(() -> cache.propose(proposal));
      ours.put("%s generate B=%d N=%d".formatted(name, lanes, length), fresh / seconds);
    }
    if (lanes == RECOMPUTED) {
      double seconds = best(() -> recompute(model, x, from));
      ours.put("%s recompute B=%d N=%d".formatted(name, lanes, length), fresh / seconds);
    }
  }

  /** Generation without a cache: each step runs the whole sequence so far. */
  private static void recompute(TorchModel model, int[][] x, int from) {
    model
        .queue()
        .call(
            () -> {
              for (int i = from; i < x[0].length; i++) {
                try (NDManager m = model.manager().newSubManager()) {
                  recomputeStep(model, m, x, i);
                }
              }
              return true;
            });
  }

  private static void recomputeStep(TorchModel model, NDManager m, int[][] x, int length) {
    int rows = Math.max(2, x.length);
    long[] ids = new long[rows * length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = x[Math.min(i / length, x.length - 1)][i % length];
    }
    Head head = model.fullHead();
    Steps steps = new Steps(model, head);
    PtNDArray hidden = steps.hidden(m, steps.embedIds(m, ids), rows, length, 0, null);
    PtNDArray cube = Torch.reshape(hidden, rows, length, model.transformer().spec().width());
    PtNDArray last = Torch.slice(cube, 1, length - 1, length);
    PtNDArray logp =
        head.logProbabilities(Torch.reshape(last, rows, model.transformer().spec().width()));
    float[] half = new float[rows];
    Arrays.fill(half, 0.5f);
    float[] one = new float[rows];
    Arrays.fill(one, 1f);
    Head.draw(logp, Torch.floats(m, one, rows, 1), Torch.floats(m, half, rows, 1))
        .column()
        .toLongArray();
  }

  /** The same work in Python, in a process of its own with as many threads. */
  private static Map<String, Double> peer(Map<String, Path> models) throws Exception {
    String python = System.getProperty("benchmark.python", "");
    Map<String, Double> theirs = new LinkedHashMap<>();
    if (python.isEmpty()) {
      return theirs;
    }
    Path result = OUT.resolve("peer.json").toAbsolutePath();
    ProcessBuilder process =
        new ProcessBuilder(
            python,
            "src/test/python/peer_benchmark.py",
            result.toString(),
            System.getProperty("ai.djl.pytorch.num_threads", "1"),
            String.valueOf(SECONDS));
    models.forEach((name, path) -> process.command().add(name + "=" + path.toAbsolutePath()));
    int code = process.inheritIO().start().waitFor();
    assertThat(code).as("the peer script's exit code").isZero();
    new ObjectMapper()
        .readTree(result.toFile())
        .properties()
        .forEach(e -> theirs.put(e.getKey(), e.getValue().doubleValue()));
    return theirs;
  }

  private void report(double roofline, Map<String, Double> theirs) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        "f32 matrix product 2048: %.1f GFLOP/s, %s thread(s), %s%n%n"
            .formatted(
                roofline / 1e9, System.getProperty("ai.djl.pytorch.num_threads", "?"), DEVICE));
    if (theirs.containsKey("roofline")) {
      text.append(
          "transformers: f32 matrix product 2048: %.1f GFLOP/s%n%n"
              .formatted(theirs.get("roofline") / 1e9));
    }
    text.append(
        "| work | tokens/s | share of the matrix product | transformers tokens/s | ratio |\n");
    text.append("| --- | --- | --- | --- | --- |\n");
    ours.forEach(
        (key, rate) -> {
          Double share = flops.get(key);
          Double peer = theirs.get(key);
          text.append(
              "| %s | %.0f | %s | %s | %s |%n"
                  .formatted(
                      key,
                      rate,
                      share == null ? "" : "%.0f %%".formatted(100 * share / roofline),
                      peer == null ? "" : "%.0f".formatted(peer),
                      peer == null ? "" : "%.2f".formatted(rate / peer)));
        });
    Files.writeString(OUT.resolve("runtime.md"), text);
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(text);
  }
}
