package io.modeldiff.replica.local;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.pilot.Pilot;
import io.modeldiff.replica.pilot.PilotReport;
import io.modeldiff.replica.pilot.PilotSpec;
import io.modeldiff.replica.smc.PositionSmc;
import io.modeldiff.replica.smc.SmcResult;
import io.modeldiff.replica.smc.SmcSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Position-SMC in memory: pilots and populations of replicates. */
public final class LocalSmc {
  private LocalSmc() {}

  /** R replicates of one population. */
  public static List<SmcResult> run(
      LanguageModel model, InputSpace space, SmcSpec spec, int replicates) {
    List<SmcResult> all = new ArrayList<>();
    for (int r = 0; r < replicates; r++) {
      all.add(PositionSmc.run(model, space, spec, r));
    }
    return all;
  }

  /** The whole search of a pilot. */
  public static PilotReport pilot(LanguageModel model, InputSpace space, PilotSpec spec) {
    List<List<SmcResult>> done = new ArrayList<>();
    OptionalDouble beta = Pilot.next(spec, done);
    while (beta.isPresent()) {
      done.add(run(model, space, spec.population(beta.getAsDouble()), spec.replicates()));
      beta = Pilot.next(spec, done);
    }
    return Pilot.report(spec, done);
  }
}
