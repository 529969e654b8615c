package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.SmcEvent.SmcCompleted;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.flat.FlatHistogram;
import io.modeldiff.replica.flat.FlatPlan;
import io.modeldiff.replica.flat.LocalFlat;
import io.modeldiff.replica.smc.PositionSmc;
import io.modeldiff.replica.smc.SmcResult;
import io.modeldiff.replica.smc.SmcSpec;
import io.modeldiff.replica.worker.SmcProtocol.Assignment;

/** What a replicate computes: a pure function of the spec and the assignment. */
public final class SmcWork {
  private SmcWork() {}

  /** Runs a replicate and describes it as the event to be stored. */
  public static SmcCompleted run(LanguageModel model, CampaignSpec spec, Assignment assignment) {
    spec.requireFits(model.info());
    SmcResult r = result(model, spec, assignment);
    return new SmcCompleted(
        r.beta(),
        r.replicate(),
        r.tokens(),
        r.energies(),
        r.logWeights(),
        r.logZ(),
        r.resamplings(),
        r.positions());
  }

  private static SmcResult result(LanguageModel model, CampaignSpec spec, Assignment a) {
    InputSpace space = spec.space().toSpace();
    if (a.flat() != null) {
      FlatPlan plan =
          FlatPlan.replicate(
              spec.streamSeed(),
              a.replicate(),
              a.beta(),
              FlatHistogram.of(a.flat().edges(), a.flat().lanes()),
              a.flat().lanes(),
              a.flat().positions() / (double) space.scored());
      return LocalFlat.run(model, space, plan).population(a.replicate());
    }
    SmcSpec population = new SmcSpec(spec.streamSeed(), a.stream(), a.beta(), a.particles());
    return PositionSmc.run(model, space, population, a.replicate());
  }
}
