package io.modeldiff.core.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void scrape_afterWork_namesEvaluationsRoundPartsAndGauges() {
    ActorTestKit kit =
        ActorTestKit.create("metrics", ConfigFactory.parseString("pekko.loglevel = ERROR"));
    try {
      Metrics metrics = Metrics.get(kit.system());
      assertThat(Metrics.get(kit.system())).isSameAs(metrics);
      metrics.evaluated("toy-a", "sampling", 2.5);
      metrics.roundClosed();
      metrics.round(Metrics.RoundPart.MODEL, Duration.ofMillis(20));
      metrics.gauge("modeldiff_answer", "A test's", () -> 42);
      assertThat(metrics.scrape())
          .contains("modeldiff_evaluations_total{model=\"toy-a\",purpose=\"sampling\"} 2.5")
          .contains("modeldiff_rounds_total 1.0")
          .contains("modeldiff_round_seconds_bucket{part=\"model\",le=\"0.03\"} 1")
          .contains("modeldiff_answer 42.0")
          .contains("jvm_memory_used_bytes");
    } finally {
      kit.shutdownTestKit();
    }
  }
}
