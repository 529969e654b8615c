package io.modeldiff.web.lab;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.flat.FlatPlan;
import io.modeldiff.replica.flat.FlatRun;
import io.modeldiff.replica.flat.LocalFlat;
import io.modeldiff.replica.kernel.KernelMix;
import io.modeldiff.replica.kernel.KernelName;
import io.modeldiff.replica.ladder.AdaptationPlan;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.local.LocalSmc;
import io.modeldiff.replica.local.LocalTempering;
import io.modeldiff.replica.local.TemperingPlan;
import io.modeldiff.replica.pilot.PilotReport;
import io.modeldiff.replica.pilot.PilotSpec;
import io.modeldiff.replica.round.RoundSpec;
import io.modeldiff.replica.round.StartState;
import io.modeldiff.replica.schedule.Schedule;
import io.modeldiff.replica.smc.SmcResult;
import io.modeldiff.replica.smc.SmcSpec;
import java.util.ArrayList;
import java.util.List;

/** Runs one method on one model within a budget. */
final class LabSampler {
  private static final int ESTIMATOR_STREAM = 2;
  private static final int LANE_GROUPS = 16;
  private static final double FLAT_WIDTH = 0.1;
  private final LanguageModel model;
  private final LabSpec spec;
  private final long seed;

  LabSampler(LanguageModel model, LabSpec spec, long seed) {
    this.model = model;
    this.spec = spec;
    this.seed = seed;
  }

  LabSide run(LabMethod method) {
    long start = System.nanoTime();
    LabSide side =
        switch (method) {
          case SMC -> smc();
          case IID -> populations(List.of(1.0), spec.evaluations(), 0);
          case WANG_LANDAU -> flat();
          case PAPER -> paper();
          default -> tempering(method.kernel().orElseThrow());
        };
    double seconds = (System.nanoTime() - start) / 1e9;
    return new LabSide(
        side.tokens(),
        side.energies(),
        side.lane(),
        side.rung(),
        side.logImportance(),
        side.weighting(),
        side.evaluations(),
        seconds);
  }

  private PilotReport pilot() {
    PilotSpec pilot =
        PilotSpec.standard(seed, spec.range(), spec.space().scored(), (long) spec.evaluations());
    return LocalSmc.pilot(model, spec.space(), pilot);
  }

  private LabSide smc() {
    PilotReport report = pilot();
    return populations(
        report.estimatorBetas(spec.range()),
        spec.evaluations() - report.evaluations(),
        report.evaluations());
  }

  private LabSide populations(List<Double> betas, double evaluations, double spent) {
    InputSpace space = spec.space();
    double perSequence = space.length() / (double) space.scored();
    int particles =
        (int) Math.max(2, evaluations / (perSequence * betas.size() * SmcSpec.DEFAULT_REPLICATES));
    List<List<SmcResult>> all = new ArrayList<>();
    long positions = 0;
    for (double beta : betas) {
      SmcSpec population = new SmcSpec(seed, ESTIMATOR_STREAM, beta, particles);
      List<SmcResult> replicates =
          LocalSmc.run(model, space, population, SmcSpec.DEFAULT_REPLICATES);
      positions += replicates.stream().mapToLong(SmcResult::positions).sum();
      all.add(replicates);
    }
    return LabSide.of(all, spent + positions / (double) space.scored(), 0);
  }

  private LabSide tempering(KernelName kernel) {
    PilotReport report = pilot();
    double left = spec.evaluations() - report.evaluations();
    RoundSpec rounds =
        new RoundSpec(seed, spec.moves(), KernelMix.only(kernel), true, StartState.ANCESTRAL);
    double perRound =
        spec.lanes() * report.ladder().size() * roundCost(kernel, spec.space().scored());
    AdaptationPlan adaptation =
        AdaptationPlan.within(
            (long) (left / perRound), spec.space().scored() * spec.range().high());
    TemperingPlan plan =
        new TemperingPlan(
            rounds,
            Schedule.of(report.ladder()),
            spec.lanes(),
            left,
            adaptation,
            TemperingPlan.BURN_IN);
    var run = LocalTempering.run(model, spec.space(), plan);
    return LabSide.of(run, report.evaluations() + run.evaluations(), 0);
  }

  /** Evaluations of one lane's round, roughly: S moves and the canonical pass. */
  private double roundCost(KernelName kernel, int scored) {
    double move =
        switch (kernel) {
          case GWG, DMALA -> 4;
          case GIBBS -> 0.5 * (spec.space().allowed().length - 1);
          default -> 0.5 * (scored + 1.0) / scored;
        };
    return 1 + spec.moves() * move;
  }

  private LabSide paper() {
    RoundSpec rounds =
        new RoundSpec(seed, spec.moves(), KernelMix.only(KernelName.GWG), false, StartState.RANDOM);
    Ladder ladder = Ladder.ofTemperatures(spec.paperTemperatures(), spec.space().scored());
    TemperingPlan plan =
        new TemperingPlan(
            rounds,
            Schedule.of(ladder),
            spec.lanes(),
            spec.evaluations(),
            AdaptationPlan.NONE,
            TemperingPlan.BURN_IN);
    var run = LocalTempering.run(model, spec.space(), plan);
    return LabSide.of(run, run.evaluations(), 0);
  }

  private LabSide flat() {
    PilotReport report = pilot();
    NllRange range = spec.range();
    double typical = report.typicalNll();
    double low = Math.min(range.low(), typical) - FLAT_WIDTH;
    double high = Math.max(range.high(), typical) + FLAT_WIDTH;
    FlatPlan plan =
        FlatPlan.of(
            seed,
            1.0,
            low,
            high,
            FLAT_WIDTH,
            spec.lanes(),
            spec.evaluations() - report.evaluations());
    FlatRun run = LocalFlat.run(model, spec.space(), plan);
    List<SmcResult> groups = run.populations(Math.min(LANE_GROUPS, spec.lanes()));
    return LabSide.of(List.of(groups), report.evaluations() + run.evaluations(), 0);
  }
}
