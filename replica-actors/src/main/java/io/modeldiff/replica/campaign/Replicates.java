package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignFailed;
import io.modeldiff.core.campaign.CampaignEvent.PilotCompleted;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.SamplingMethod;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.Sizing;
import io.modeldiff.replica.flat.FlatHistogram;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.pilot.Pilot;
import io.modeldiff.replica.pilot.PilotReport;
import io.modeldiff.replica.pilot.PilotSpec;
import io.modeldiff.replica.schedule.Bias;
import io.modeldiff.replica.smc.SmcResult;
import io.modeldiff.replica.worker.Schedules;
import io.modeldiff.replica.worker.SmcProtocol.Assignment;
import io.modeldiff.replica.worker.SmcProtocol.Flat;
import io.modeldiff.replica.worker.SmcProtocol.ReplicateDone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Which SMC replicates a campaign runs, and what follows from them. */
final class Replicates {
  /** Stream of the estimates' randomness; the pilot's is {@link PilotSpec#STREAM}. */
  private static final int ESTIMATE_STREAM = 2;

  private static final int FEWEST_REPLICATES = 2;
  // Wang-Landau flattens the model's own distribution, in bins of this width in nats per token.
  private static final double FLAT_BETA = 1;
  private static final double FLAT_WIDTH = 0.1;
  private static final int MOST_WALKERS = 16;
  // A run has to learn its weights first: it is worth that from about this many evaluations on.
  private static final long FLAT_EVALUATIONS = 8000;
  private static final long FEWEST_FLAT = 4;
  private static final int FLAT_AT_A_TIME = 4;
  // What the pilot leaves of a budget, or more.
  private static final double FLAT_SHARE = 0.9;

  private Replicates() {}

  /**
   * The next step of a pilot.
   *
   * @param answers by index; those of closed replicates are asked for again after a restart
   */
  static NextStep pilot(
      CampaignSpec spec, Course course, Map<Integer, ReplicateDone> answers, Instant at) {
    PilotSpec pilot = pilotSpec(spec);
    List<Assignment> missing = new ArrayList<>();
    List<List<SmcResult>> done = new ArrayList<>();
    for (Course.Replicate r : course.replicates()) {
      ReplicateDone answer = answers.get(r.index());
      if (answer == null) {
        missing.add(pilotAssignment(pilot, r.index(), r.beta()));
      } else {
        if (r.index() % pilot.replicates() == 0) {
          done.add(new ArrayList<>());
        }
        done.get(done.size() - 1).add(result(answer));
      }
    }
    if (!missing.isEmpty()) {
      return new NextStep.RunReplicates(missing);
    }
    OptionalDouble beta = Pilot.next(pilot, done);
    return beta.isPresent()
        ? new NextStep.RunReplicates(
            population(pilot, course.replicates().size(), beta.getAsDouble()))
        : new NextStep.Decide(completed(spec, Pilot.report(pilot, done), course, at));
  }

  private static PilotSpec pilotSpec(CampaignSpec spec) {
    return PilotSpec.standard(
        spec.streamSeed(), spec.z(), spec.space().scored(), spec.evaluations());
  }

  private static List<Assignment> population(PilotSpec pilot, int first, double beta) {
    List<Assignment> all = new ArrayList<>();
    for (int r = 0; r < pilot.replicates(); r++) {
      all.add(pilotAssignment(pilot, first + r, beta));
    }
    return all;
  }

  private static Assignment pilotAssignment(PilotSpec pilot, int index, double beta) {
    return Assignment.smc(
        index, PilotSpec.STREAM, index % pilot.replicates(), beta, pilot.particles());
  }

  private static SmcResult result(ReplicateDone done) {
    return new SmcResult(
        done.beta(),
        done.replicate(),
        new int[0][],
        done.energies(),
        done.logWeights(),
        done.logZ(),
        done.resamplings(),
        done.positions());
  }

  private static List<CampaignEvent> completed(
      CampaignSpec spec, PilotReport report, Course course, Instant at) {
    Ladder ladder = report.ladder();
    double[] betas = ladder.betas();
    PilotCompleted completed =
        new PilotCompleted(
            report.betaStar(),
            Math.max(report.betaStar(), betas[betas.length - 1]),
            report.reachable(),
            report.logCount(),
            report.logCountSe(),
            report.barrier(),
            spec.method() == SamplingMethod.WANG_LANDAU
                ? flat(spec, report)
                : schedule(spec, betas),
            course.totalPositions(),
            report.warnings().toArray(String[]::new),
            at);
    boolean hopeless = !report.reachable() && report.logCount() == Double.NEGATIVE_INFINITY;
    return hopeless
        ? List.of(completed, new CampaignFailed(String.join(" ", report.warnings()), at))
        : List.of(completed);
  }

  /**
   * One rung at β = 1 with the bins to be flattened: from Z to where the model's own samples are.
   */
  private static Schedule flat(CampaignSpec spec, PilotReport report) {
    double low = Math.min(spec.z().low(), report.typicalNll()) - FLAT_WIDTH;
    double high = Math.max(spec.z().high(), report.typicalNll()) + FLAT_WIDTH;
    double[] edges = FlatHistogram.over(low, high, FLAT_WIDTH, 1).edges();
    return new Schedule(
        new double[] {FLAT_BETA}, new double[1], edges, new double[edges.length + 1]);
  }

  /** The ladder with the spec's floor, and rungs down to β = 0 if it asks for them. */
  static Schedule schedule(CampaignSpec spec, double[] betas) {
    double[] all = betas;
    if (spec.closureRung() && spec.automaticLadder() && betas[0] > 0) {
      int gaps = Sizing.closureGaps(spec.space());
      all = new double[betas.length + gaps];
      for (int k = 0; k < gaps; k++) {
        all[k] = betas[0] * k / gaps;
      }
      System.arraycopy(betas, 0, all, gaps, betas.length);
    }
    var plain = io.modeldiff.replica.schedule.Schedule.of(new Ladder(all));
    Double floor = spec.floor();
    return Schedules.toEvent(floor == null ? plain : plain.withBias(Bias.floor(floor)));
  }

  /** The next replicates that count: of position-SMC or of Wang-Landau. */
  static List<Assignment> estimates(CampaignSpec spec, Course course) {
    int kept = (int) course.replicates().stream().filter(Course.Replicate::kept).count();
    return spec.method() == SamplingMethod.WANG_LANDAU
        ? flat(spec, course, kept)
        : populations(spec, course, kept);
  }

  /**
   * Alternately at β* and at the coldest β of use, for as long as the budget pays for another
   * population.
   */
  private static List<Assignment> populations(CampaignSpec spec, Course course, int kept) {
    int first = course.replicates().size();
    long each = (long) spec.smcParticles() * spec.space().length();
    long affordable = (spec.positionsBudget() - course.totalPositions()) / each;
    long wanted = kept == 0 ? Math.max(2 * FEWEST_REPLICATES, affordable) : affordable;
    boolean two = course.betaStar() != course.coldestBeta();
    List<Assignment> all = new ArrayList<>();
    for (int i = 0; i < Math.min(wanted, spec.smcReplicates()); i++) {
      int number = kept + i;
      double beta = number % 2 == 0 ? course.betaStar() : course.coldestBeta();
      all.add(
          Assignment.smc(
              first + i, ESTIMATE_STREAM, two ? number / 2 : number, beta, spec.smcParticles()));
    }
    return all;
  }

  /** Independent runs of one size that share the budget, a few at a time. */
  private static List<Assignment> flat(CampaignSpec spec, Course course, int kept) {
    int first = course.replicates().size();
    long runs =
        Math.max(
            FEWEST_FLAT, Math.min(spec.smcReplicates(), spec.evaluations() / FLAT_EVALUATIONS));
    long each = Math.max(1, Math.round(FLAT_SHARE * spec.positionsBudget()) / runs);
    long affordable = Math.max(0, spec.positionsBudget() - course.totalPositions()) / each;
    long wanted = kept < FEWEST_REPLICATES ? Math.max(FEWEST_REPLICATES, affordable) : affordable;
    Flat flat = new Flat(course.placed().biasEdges(), Math.min(spec.lanes(), MOST_WALKERS), each);
    List<Assignment> all = new ArrayList<>();
    for (int i = 0; i < Math.min(wanted, FLAT_AT_A_TIME); i++) {
      all.add(
          new Assignment(
              first + i, ESTIMATE_STREAM, kept + i, FLAT_BETA, spec.smcParticles(), flat));
    }
    return all;
  }

  /** The events of answers that were not closed yet, in the order of their indices. */
  static List<CampaignEvent> closed(
      Course course, List<Assignment> asked, Map<Integer, ReplicateDone> answers, Instant at) {
    List<CampaignEvent> events = new ArrayList<>();
    long total = course.totalPositions();
    for (Assignment a : asked) {
      ReplicateDone done = answers.get(a.index());
      if (a.index() >= course.replicates().size() && done != null) {
        total += done.positions();
        events.add(
            new SmcReplicateClosed(
                a.index(),
                a.replicate(),
                done.beta(),
                done.logZ(),
                a.stream() == ESTIMATE_STREAM,
                done.positions(),
                total,
                at));
      }
    }
    return events;
  }
}
