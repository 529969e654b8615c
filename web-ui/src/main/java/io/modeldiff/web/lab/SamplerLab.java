package io.modeldiff.web.lab;

import io.modeldiff.analysis.comparison.CampaignInput;
import io.modeldiff.analysis.comparison.Comparison;
import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.work.WorkMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs methods side by side at equal budgets. */
public final class SamplerLab {
  private final LanguageModel a;
  private final LanguageModel b;
  private final LabSpec spec;
  private final @Nullable LabTruth truth;

  public SamplerLab(LanguageModel a, LanguageModel b, LabSpec spec, @Nullable LabTruth truth) {
    this.a = a;
    this.b = b;
    this.spec = spec;
    this.truth = truth;
  }

  /**
   * One row per method; stops between runs when the monitor asks for it.
   *
   * @param leftOut hears in a sentence why a method could not run; the others go on
   * @throws UserException when no method could run
   */
  public List<LabRow> run(
      List<LabMethod> methods, List<Long> seeds, WorkMonitor monitor, Consumer<String> leftOut) {
    List<LabRow> rows = new ArrayList<>();
    double[] logs = truth == null ? new double[0] : truth.logCounts();
    AtomicLong done = new AtomicLong();
    UserException last = null;
    for (LabMethod method : methods) {
      try {
        List<LabOutcome> runs = runs(method, seeds, monitor, done);
        if (!runs.isEmpty()) {
          rows.add(LabRow.of(method, runs, logs));
        }
      } catch (UserException e) {
        leftOut.accept(method.word() + " is left out: " + e.getMessage());
        last = e;
      }
    }
    if (rows.isEmpty() && last != null) {
      throw last;
    }
    return rows;
  }

  private List<LabOutcome> runs(
      LabMethod method, List<Long> seeds, WorkMonitor monitor, AtomicLong done) {
    List<LabOutcome> runs = new ArrayList<>();
    for (long seed : seeds) {
      if (monitor.stopRequested()) {
        break;
      }
      runs.add(once(method, seed));
      monitor.done(done.incrementAndGet());
    }
    return runs;
  }

  public LabOutcome once(LabMethod method, long seed) {
    LabSide sideA = new LabSampler(a, spec, seed).run(method);
    // The second model's campaign must not reuse the first one's random numbers.
    LabSide sideB = new LabSampler(b, spec, ~seed).run(method);
    CampaignInput inputA = sideA.scoredBy(b, spec.space(), spec.range());
    CampaignInput inputB = sideB.scoredBy(a, spec.space(), spec.range());
    ComparisonResult result =
        Comparison.of(
            inputA, inputB, new ComparisonSpec(spec.space().scored(), spec.range(), 0, spec.bin()));
    return LabOutcome.of(result, sideA, truth);
  }
}
