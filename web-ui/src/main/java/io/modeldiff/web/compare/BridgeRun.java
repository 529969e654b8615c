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
import io.modeldiff.web.result.Rung;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bridge between the two models of a comparison, sampled in this process beside it. Its samples
 * are not stored: the same request computes them again.
 */
public final class BridgeRun {
  private final CompareRequest request;
  private final BridgePlan plan;

  /**
   * For a comparison that is done.
   *
   * @param document tells where Z lies between the rungs
   * @param evaluations full-sequence passes of both models together
   */
  public BridgeRun(CompareRequest request, ComparisonDocument document, long evaluations) {
    this.request = request;
    double high = document.z().get(1);
    double beta = (betaAt(document.ladders().A(), high) + betaAt(document.ladders().B(), high)) / 2;
    this.plan = BridgePlan.of(beta, evaluations, request.a().seed());
  }

  /** The rung from β = 1 on whose median is nearest to the upper end of Z, where X lies. */
  private static double betaAt(List<Rung> rungs, double high) {
    double best = 1;
    double distance = Double.POSITIVE_INFINITY;
    for (Rung rung : rungs) {
      if (rung.beta() >= 1 && rung.quantiles().size() > 2) {
        double off = Math.abs(rung.quantiles().get(2) - high);
        if (off < distance) {
          distance = off;
          best = rung.beta();
        }
      }
    }
    return best;
  }

  /** Rounds, the units of its progress. */
  public int rounds() {
    return plan.rounds();
  }

  /** Samples and estimates. */
  public Bridge run(WorkMonitor monitor) {
    CampaignSpec a = request.a();
    CampaignSpec b = request.b();
    InputSpace space = a.space().toSpace();
    ComparisonSpec asked =
        new ComparisonSpec(space.scored(), a.z(), request.lambda(), request.bin());
    try (LanguageModel modelA = load(a);
        LanguageModel modelB = load(b)) {
      return of(modelA, modelB, space, plan, asked, monitor);
    }
  }

  /** The bridge between two loaded models. */
  static Bridge of(
      LanguageModel a,
      LanguageModel b,
      InputSpace space,
      BridgePlan plan,
      ComparisonSpec asked,
      WorkMonitor monitor) {
    return estimate(space, plan, asked, BridgeSampler.run(a, b, space, plan, monitor));
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
            new BridgeSamples(s.zA(), s.zB(), s.state(), new int[s.zA().length], s.lane()),
            new int[] {plan.lanes()},
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
        Arrays.stream(s.rejection()).boxed().toList(),
        (double) plan.rounds() * plan.states() * plan.lanes() * (2 + (plan.moves() - 1)));
  }
}
