package io.modeldiff.web;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.CampaignExtended;
import io.modeldiff.core.campaign.CampaignEvent.CampaignStarted;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.campaign.SamplingMethod;
import io.modeldiff.core.campaign.SmcEvent.SmcCompleted;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonCompleted;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonStarted;
import io.modeldiff.core.comparison.ComparisonEvent.CrossScored;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.registry.RegistryEvent;
import io.modeldiff.core.registry.RegistryEvent.CampaignListed;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.web.platform.RunningPlatform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Histories of the size of a long life, written as campaigns write them, with invented energies:
 * for the time that pages take, never for what they say.
 */
final class LargeStore {
  private static final int REPLICATES = 50;
  private static final int LENGTH = 8;
  private static final NllRange Z = new NllRange(1.74, 2.00);
  private static final Cause CAUSE = Cause.now("test", "size");

  private final RunningPlatform platform;
  private final int particles;
  private final Random random = new Random(1);

  /**
   * @param particles of each of a campaign's 50 replicates
   */
  LargeStore(RunningPlatform platform, int particles) {
    this.platform = platform;
    this.particles = particles;
  }

  private CampaignSpec spec(ModelRef model, long seed) {
    InputSpace space = new InputSpace(LENGTH, new int[] {10}, IntStream.range(0, 10).toArray(), 11);
    return CampaignSpecs.builder(model, space, Z)
        .method(SamplingMethod.SMC)
        .seed(seed)
        .smcReplicates(REPLICATES)
        .smcParticles(particles)
        .evaluations(REPLICATES * particles)
        .build();
  }

  /** Finished campaigns of which the registry knows. */
  void campaigns(ModelRef model, int count) {
    for (int i = 0; i < count; i++) {
      CampaignSpec spec = spec(model, 1000 + i);
      String id = CampaignSpecs.id(spec);
      write(
          Histories.campaign(id),
          Histories.tag(Histories.CAMPAIGN, id),
          List.<CampaignEvent>of(
              new CampaignStarted(id, spec, null, CAUSE),
              new CampaignCompleted(StopReason.BUDGET, -1, Instant.now())));
      register(new CampaignListed(id, spec, CAUSE));
    }
  }

  /** A finished comparison; answers its id. */
  String comparison(ModelRef a, ModelRef b) {
    List<CampaignSpec> specs = List.of(spec(a, 1), spec(b, 1));
    specs.forEach(this::sampled);
    ComparisonSpec spec = Comparisons.spec(specs, 0, 0.02, null, 0);
    String id = spec.id();
    String tag = Histories.tag(Histories.COMPARISON, id);
    String history = Histories.comparison(id);
    List<ComparisonEvent> events = new ArrayList<>();
    events.add(new ComparisonStarted(id, spec, CAUSE));
    for (int side = 0; side < 2; side++) {
      for (int k = 0; k < REPLICATES; k++) {
        events.add(crossScored(side, Histories.smc(spec.sides().get(side).campaign(), k)));
      }
    }
    events.add(new ComparisonCompleted(2L * REPLICATES * particles * LENGTH, Instant.now()));
    write(history, tag, events);
    register(new ComparisonListed(id, spec, CAUSE));
    return id;
  }

  /** A finished campaign that was allowed more and found nothing left to do. */
  void extend(String campaign, long evaluations) {
    write(
        Histories.campaign(campaign),
        Histories.tag(Histories.CAMPAIGN, campaign),
        List.<CampaignEvent>of(
            new CampaignExtended(evaluations, null, CAUSE),
            new CampaignCompleted(StopReason.BUDGET, -1, Instant.now())));
  }

  private void sampled(CampaignSpec spec) {
    String id = CampaignSpecs.id(spec);
    List<CampaignEvent> events = new ArrayList<>();
    events.add(new CampaignStarted(id, spec, null, CAUSE));
    for (int k = 0; k < REPLICATES; k++) {
      long positions = (long) particles * LENGTH;
      double logZ = 0.01 * random.nextGaussian();
      write(Histories.smc(id, k), "", List.of(population(k, logZ, positions)));
      events.add(
          new SmcReplicateClosed(
              k, k, 1, logZ, true, positions, (k + 1) * positions, Instant.now()));
    }
    events.add(new CampaignCompleted(StopReason.BUDGET, -1, Instant.now()));
    write(Histories.campaign(id), Histories.tag(Histories.CAMPAIGN, id), events);
    register(new CampaignListed(id, spec, CAUSE));
  }

  private SmcCompleted population(int k, double logZ, long positions) {
    int[][] tokens = new int[particles][LENGTH];
    for (int[] row : tokens) {
      Arrays.setAll(row, i -> random.nextInt(10));
    }
    double[] logWeights = new double[particles];
    Arrays.fill(logWeights, -Math.log(particles));
    return new SmcCompleted(1, k, tokens, energies(), logWeights, logZ, 1, positions);
  }

  private double[] energies() {
    return random.doubles(particles, LENGTH * Z.low() + 1e-6, LENGTH * Z.high() - 1e-6).toArray();
  }

  private CrossScored crossScored(int side, String history) {
    long[] sequences = new long[particles];
    Arrays.fill(sequences, 1);
    return new CrossScored(
        side,
        1 - side,
        history,
        1,
        1,
        0,
        1,
        sequences,
        IntStream.range(0, particles).toArray(),
        energies(),
        (long) particles * LENGTH);
  }

  private <E> void write(String persistenceId, String tag, List<E> events) {
    HistoryWriter.write(platform.system(), persistenceId, tag, events);
  }

  private void register(RegistryEvent what) {
    RunningPlatform.await(platform.replicas().registry().register(what));
  }
}
