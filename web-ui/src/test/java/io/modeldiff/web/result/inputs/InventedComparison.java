package io.modeldiff.web.result.inputs;

import io.modeldiff.analysis.history.EventSource;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.CampaignStarted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.Histogram;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.campaign.MoveCounts;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.campaign.Swaps;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonCompleted;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonStarted;
import io.modeldiff.core.comparison.ComparisonEvent.CrossScored;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The histories of a finished comparison of any size, made up while they are read: ten rungs, 16
 * lanes, 25 tokens. NLLs are sums of exponential ones; D is within 0.1 of zero; of a lane's tokens
 * about half change in a round.
 */
final class InventedComparison implements EventSource {
  static final String ID = "x";
  private static final double[] BETAS = {0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3};
  private static final int LANES = 16;
  private static final int LENGTH = 25;
  private static final int STRETCH = 100;
  private static final NllRange Z = new NllRange(2, 4.5);
  private static final Instant AT = Instant.EPOCH;

  private final int rounds;
  private final int vocabulary;

  /**
   * @param samples of both sides, all of which count
   */
  InventedComparison(int samples, int vocabulary) {
    this.rounds = samples / 2 / BETAS.length / LANES;
    this.vocabulary = vocabulary;
  }

  @Override
  public <E> long from(String history, long first, Class<E> type, BiConsumer<Long, E> use) {
    if (first > 1) {
      return first; // nothing is stored later
    }
    long[] next = {1};
    Consumer<Object> told = event -> use.accept(next[0]++, type.cast(event));
    if (history.equals(Histories.comparison(ID))) {
      comparison(told);
    }
    for (String campaign : List.of("a", "b")) {
      if (history.equals(Histories.campaign(campaign))) {
        campaign(campaign, told);
      }
      for (int k = 0; k < BETAS.length; k++) {
        if (history.equals(Histories.replica(campaign, k))) {
          replica(history, k, told);
        }
      }
    }
    return next[0];
  }

  private CampaignSpec spec(String model) {
    return CampaignSpecs.builder(
            new ModelRef(model, "/models/" + model, "00", "f32"),
            InputSpace.all(LENGTH, new int[] {0}, vocabulary),
            Z)
        .lanes(LANES)
        .build();
  }

  private void campaign(String campaign, Consumer<Object> told) {
    told.accept(new CampaignStarted(campaign, spec(campaign), null, cause()));
    int rungs = BETAS.length;
    told.accept(
        new LadderFrozen(
            0, 1, new Schedule(BETAS, new double[rungs], new double[0], new double[1]), 0, AT));
    for (int r = 0; r < rounds; r++) {
      told.accept(
          new RoundClosed(
              r,
              RoundPhase.SAMPLING,
              new int[rungs][LANES],
              new Swaps(new int[rungs - 1], new int[rungs - 1], new double[rungs - 1]),
              new Histogram(new int[0], new int[0], new int[0]),
              new double[rungs],
              new MoveCounts[0],
              1,
              r + 1L,
              AT));
    }
    told.accept(new CampaignCompleted(StopReason.BUDGET, rounds - 1, AT));
  }

  private static Cause cause() {
    return Cause.now("test", "size");
  }

  private void replica(String history, int rung, Consumer<Object> told) {
    SplittableRandom random = new SplittableRandom(history.hashCode());
    int[] rungs = new int[LANES];
    Arrays.fill(rungs, rung);
    int[][] tokens = new int[LANES][LENGTH];
    for (int r = 0; r < rounds; r++) {
      double[] energies = energies(history, rung, r);
      for (int[] lane : tokens) {
        for (int t = 0; t < 18; t++) {
          lane[random.nextInt(LENGTH)] = random.nextInt(vocabulary);
        }
      }
      told.accept(new ReplicaAdvanced(r, 1, rungs, tokens, energies, new MoveCounts[0], 1));
    }
  }

  private static double[] energies(String history, int rung, int round) {
    SplittableRandom random = new SplittableRandom(history.hashCode() * 31L + round);
    double[] energies = new double[LANES];
    for (int i = 0; i < LANES; i++) {
      double e = -5;
      for (int t = 0; t < 5; t++) {
        e -= Math.log(1 - random.nextDouble());
      }
      energies[i] = LENGTH * (3 + e * 0.12 / BETAS[rung] - 0.8 * (BETAS[rung] - 1));
    }
    return energies;
  }

  private void comparison(Consumer<Object> told) {
    List<ComparisonSpec.Side> sides =
        List.of(
            new ComparisonSpec.Side("a", spec("a").model()),
            new ComparisonSpec.Side("b", spec("b").model()));
    told.accept(
        new ComparisonStarted(
            ID, new ComparisonSpec(sides, spec("a").space(), Z, 0, 0.02, null, 0), cause()));
    for (int side = 0; side < 2; side++) {
      for (int k = 0; k < BETAS.length; k++) {
        for (int r = 0; r < rounds; r += STRETCH) {
          told.accept(scored(side, k, r, Math.min(rounds, r + STRETCH)));
        }
      }
    }
    told.accept(new ComparisonCompleted(1, AT));
  }

  private static CrossScored scored(int side, int rung, int from, int to) {
    String history = Histories.replica(side == 0 ? "a" : "b", rung);
    SplittableRandom random = new SplittableRandom(history.hashCode() * 17L + from);
    int n = (to - from) * LANES;
    double[] energies = new double[n];
    for (int r = from; r < to; r++) {
      double[] own = energies(history, rung, r);
      for (int i = 0; i < LANES; i++) {
        energies[(r - from) * LANES + i] = own[i] + LENGTH * 0.2 * (random.nextDouble() - 0.5);
      }
    }
    return new CrossScored(
        side,
        1 - side,
        history,
        from + 1,
        to,
        from,
        to,
        IntStream.range(0, n).mapToLong(i -> from + 1 + i / LANES).toArray(),
        IntStream.range(0, n).map(i -> i % LANES).toArray(),
        energies,
        1);
  }
}
