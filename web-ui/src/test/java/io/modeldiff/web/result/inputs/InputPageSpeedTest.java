package io.modeldiff.web.result.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.Tokenizer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pages of inputs of ten million samples, in the heap that a process has by default; timings are
 * printed, generous limits are asserted.
 */
@Tag("heavy")
class InputPageSpeedTest {
  private static final int SAMPLES = 10_000_000;
  private static final long MOST_MILLIS = 1000;

  private final Tokenizer tokenizer =
      ModelDirectory.open(Path.of("../models/mini-prose")).tokenizer();
  private final Map<String, Long> millis = new LinkedHashMap<>();

  @Test
  void page_ofTenMillionSamples_takesUnderAFifthOfASecond() {
    InventedComparison histories = new InventedComparison(SAMPLES, tokenizer.size());
    Outcome outcome =
        timed(
            "made up and reweighted",
            () ->
                Objects.requireNonNull(
                    new ComparisonAnalysis(histories, InventedComparison.ID).outcome()));
    long samples = outcome.a().samples().size() + outcome.b().samples().size();
    assertThat(samples).isEqualTo(SAMPLES);
    RepresentativeInputs inputs =
        timed("order of drawing", () -> new RepresentativeInputs(outcome));
    System.out.printf("%,d samples, %s%n", samples, millis);
    millis.clear();
    for (int repeat = 0; repeat < 3; repeat++) {
      pages(inputs, 0.001 * repeat);
      System.out.printf(
          "%d MB of heap in use, load average %.1f, milliseconds: %s%n",
          usedMegabytes(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          millis);
      assertThat(millis.values()).allMatch(m -> m < MOST_MILLIS);
      millis.clear();
    }
    assertThat(outcome.comparison().complete()).isTrue();
  }

  private void pages(RepresentativeInputs inputs, double shift) {
    InputQuery bin = query(0.02 + shift, 0.04 + shift, "", 0);
    InputPage page = timed("range of D", () -> inputs.page(bin, tokenizer));
    assertThat(page.inputs()).hasSize(InputQuery.PAGE).allMatch(i -> i.d() >= bin.from());
    timed("next page", () -> inputs.page(query(bin.from(), bin.to(), "", 20), tokenizer));
    timed("page 5001", () -> inputs.page(query(bin.from(), bin.to(), "", 100_000), tokenizer));
    timed(
        "range of z",
        () ->
            inputs.page(
                new InputQuery("BA", -1, 1, 3 + shift, 3.02 + shift, "", 0, InputQuery.PAGE),
                tokenizer));
    timed("text", () -> inputs.page(query(-0.08 + shift, 0.1, "he", 0), tokenizer));
    timed("text that none has", () -> inputs.page(query(-0.08 + shift, 0.1, "qqq", 0), tokenizer));
    timed(
        "kinds of text",
        () -> inputs.mix(new InputQuery("AB", bin.from(), bin.to(), -9, 9, "", 0, 400), tokenizer));
  }

  private static InputQuery query(double from, double to, String text, int offset) {
    return new InputQuery("AB", from, to, -9, 9, text, offset, InputQuery.PAGE);
  }

  private <T> T timed(String name, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    millis.put(name, (System.nanoTime() - start) / 1_000_000);
    return result;
  }

  private static long usedMegabytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }
}
