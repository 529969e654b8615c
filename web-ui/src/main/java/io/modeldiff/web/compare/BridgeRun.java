package io.modeldiff.web.compare;

import io.modeldiff.analysis.bridge.BridgeEstimator;
import io.modeldiff.analysis.bridge.BridgeSamples;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.replica.bridge.BridgePlan;
import io.modeldiff.replica.bridge.BridgeSampler;
import io.modeldiff.web.result.Bridge;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.Count;
import io.modeldiff.web.result.ResultChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bridge between the two models of a comparison, sampled in this process beside it. Its samples
 * are not stored: the same request computes them again.
 */
public final class BridgeRun {
  /** Units of its progress. */
  public static final long ALL = 100;

  private final CompareRequest request;
  private final long evaluations;

  /**
   * For a request.
   *
   * @param evaluations full-sequence passes of both models together
   */
  public BridgeRun(CompareRequest request, long evaluations) {
    this.request = request;
    this.evaluations = evaluations;
  }

  /**
   * Places the states, samples and estimates.
   *
   * @param monitor told percents
   */
  public Bridge run(WorkMonitor monitor) {
    CampaignSpec a = request.a();
    CampaignSpec b = request.b();
    InputSpace space = a.space().toSpace();
    ComparisonSpec asked =
        new ComparisonSpec(space.scored(), a.z(), request.lambda(), request.bin());
    try (LanguageModel modelA = load(a);
        LanguageModel modelB = load(b)) {
      return of(modelA, modelB, space, asked, evaluations, a.seed(), monitor);
    }
  }

  /** The bridge between two loaded models. */
  static Bridge of(
      LanguageModel a,
      LanguageModel b,
      InputSpace space,
      ComparisonSpec asked,
      long evaluations,
      long seed,
      WorkMonitor monitor) {
    BridgePlan plan = BridgeSampler.plan(a, b, space, asked.range().high(), evaluations, seed);
    return estimate(
        space, plan, asked, BridgeSampler.run(a, b, space, plan, percents(plan, monitor)));
  }

  private static WorkMonitor percents(BridgePlan plan, WorkMonitor monitor) {
    return new WorkMonitor() {
      @Override
      public void done(long populations) {
        monitor.done(ALL * populations / plan.populations());
      }

      @Override
      public boolean stopRequested() {
        return monitor.stopRequested();
      }
    };
  }

  private static LanguageModel load(CampaignSpec spec) {
    return ModelLoader.load(
        ModelDirectory.open(Path.of(spec.model().path())),
        new LoadOptions("cpu", spec.model().dtype()));
  }

  private static Bridge estimate(
      InputSpace space, BridgePlan plan, ComparisonSpec asked, BridgeSampler.Samples s) {
    List<BridgeSamples.State> states = new ArrayList<>();
    for (int k = 0; k < plan.states(); k++) {
      states.add(new BridgeSamples.State(plan.t()[k], plan.beta()[k]));
    }
    BridgeEstimator.Result r =
        BridgeEstimator.of(
            states,
            new BridgeSamples(
                s.zA(), s.zB(), s.weight(), s.state(), new int[s.zA().length], s.replicate()),
            new int[] {plan.replicates()},
            asked,
            space.logPartitionAtOne());
    return new Bridge(
        Count.of(r.countA()),
        Count.of(r.countB()),
        Count.of(r.countAB()),
        new ComparisonDocument.Terms(
            Count.of(r.pdAB()), Count.of(r.paAB()), Count.of(r.paBA()), Count.of(r.pdBA())),
        new ResultChecks.Check(r.closure().value(), r.closure().se()),
        r.closure().agrees(),
        states.stream().map(x -> List.of(x.t(), x.beta())).toList(),
        plan.replicates(),
        plan.particles(),
        plan.evaluations());
  }
}
