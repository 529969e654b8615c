package io.modeldiff.core.ops;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;

/**
 * The metrics of one process. Names, units and labels are listed in docs/OPERATIONS.md; the process
 * label of a scrape says which worker they are of.
 */
public final class Metrics implements Extension {
  private static final Id ID = new Id();

  /** What a round spends its time on. */
  public enum RoundPart {
    /** Calls of the model. */
    MODEL("model"),
    /** Deciding swaps. */
    SWAP("swap"),
    /** Waiting for the journal. */
    PERSIST("persist"),
    /** From asking the replicas for a round to its being closed. */
    TOTAL("total");

    private final String label;

    RoundPart(String label) {
      this.label = label;
    }
  }

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter evaluations;
  private final Counter rounds;
  private final Histogram roundSeconds;

  private Metrics() {
    JvmMetrics.builder().register(registry);
    evaluations =
        Counter.builder()
            .name("modeldiff_evaluations_total")
            .help("Full-sequence-equivalent forward passes of this process")
            .labelNames("model", "purpose")
            .register(registry);
    rounds =
        Counter.builder()
            .name("modeldiff_rounds_total")
            .help("Rounds that coordinators of this process have closed")
            .register(registry);
    roundSeconds =
        Histogram.builder()
            .name("modeldiff_round_seconds")
            .help("Time of one round of one replica (model, persist) or of all (swap, total)")
            .labelNames("part")
            .classicUpperBounds(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)
            .register(registry);
  }

  /** The metrics of a process's actor system. */
  public static Metrics get(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  /**
   * Counts work of a model.
   *
   * @param model its name
   * @param purpose {@code sampling}, {@code cross-scoring} or {@code corpus}
   * @param evaluated full-sequence-equivalent forward passes (token positions / n)
   */
  public void evaluated(String model, String purpose, double evaluated) {
    evaluations.labelValues(model, purpose).inc(evaluated);
  }

  /** Counts a closed round. */
  public void roundClosed() {
    rounds.inc();
  }

  /** Records what a part of a round took. */
  public void round(RoundPart part, Duration took) {
    roundSeconds.labelValues(part.label).observe(took.toNanos() / 1e9);
  }

  /**
   * A value that is asked for at each scrape.
   *
   * @param name with its unit, for example {@code modeldiff_projection_lag_seconds}
   */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** Everything, in Prometheus' text format, version 0.0.4. */
  public String scrape() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new PrometheusTextFormatWriter(false).write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static final class Id extends ExtensionId<Metrics> {
    @Override
    public Metrics createExtension(ActorSystem<?> system) {
      return new Metrics();
    }
  }
}
