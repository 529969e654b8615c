package io.modeldiff.analysis.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.CampaignEvent;
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
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A comparison followed while its histories grow. */
class ComparisonAnalysisTest {
  private static final long SEED = 11;
  private static final int LANES = 4;
  private static final int ROUNDS = 12;
  private static final NllRange Z = new NllRange(1, 2);

  private final Journal journal = new Journal();
  private final SplittableRandom random = new SplittableRandom(SEED);

  /** Histories in memory; counts what was read of them. */
  private static final class Journal implements EventSource {
    private final Map<String, List<Object>> histories = new HashMap<>();
    private long read;

    void add(String history, Object event) {
      histories.computeIfAbsent(history, h -> new ArrayList<>()).add(event);
    }

    @Override
    public <E> long from(String history, long first, Class<E> type, BiConsumer<Long, E> use) {
      List<Object> events = histories.getOrDefault(history, List.of());
      for (long sequence = first; sequence <= events.size(); sequence++) {
        use.accept(sequence, type.cast(events.get((int) sequence - 1)));
        read++;
      }
      return Math.max(first, events.size() + 1L);
    }
  }

  private static CampaignSpec spec(String model) {
    return CampaignSpecs.builder(
            new ModelRef(model, "/models/" + model, "00", "f32"),
            InputSpace.all(5, new int[] {0}, 11),
            Z)
        .lanes(LANES)
        .build();
  }

  private void start() {
    for (String campaign : List.of("a", "b")) {
      String history = Histories.campaign(campaign);
      journal.add(
          history,
          new CampaignEvent.CampaignStarted(
              campaign, spec(campaign), null, Cause.now("anna", "a test")));
      journal.add(
          history,
          new CampaignEvent.LadderFrozen(
              0,
              1,
              new Schedule(new double[] {0.5, 1}, new double[2], new double[0], new double[1]),
              0,
              Instant.now()));
    }
    List<ComparisonSpec.Side> sides =
        List.of(
            new ComparisonSpec.Side("a", spec("a").model()),
            new ComparisonSpec.Side("b", spec("b").model()));
    journal.add(
        Histories.comparison("x"),
        new ComparisonEvent.ComparisonStarted(
            "x",
            new ComparisonSpec(sides, spec("a").space(), Z, 0, 0.1, null, 0),
            Cause.now("anna", "a test")));
  }

  /** One round of both campaigns, scored across or not yet. */
  private void round(int round, boolean scored) {
    for (int side = 0; side < 2; side++) {
      String campaign = side == 0 ? "a" : "b";
      for (int k = 0; k < 2; k++) {
        double[] energies = random.doubles(LANES, 4, 12).toArray();
        journal.add(Histories.replica(campaign, k), advanced(round, k, energies));
        if (scored) {
          score(side, Histories.replica(campaign, k), round);
        }
      }
      journal.add(
          Histories.campaign(campaign),
          new CampaignEvent.RoundClosed(
              round,
              RoundPhase.SAMPLING,
              new int[2][LANES],
              new Swaps(new int[] {4}, new int[] {2}, new double[] {2}),
              new Histogram(new int[0], new int[0], new int[0]),
              new double[2],
              new MoveCounts[0],
              10,
              10L * (round + 1),
              Instant.now()));
    }
  }

  private ReplicaAdvanced advanced(int round, int k, double[] energies) {
    int[] rung = new int[LANES];
    java.util.Arrays.fill(rung, k);
    int[][] tokens = new int[LANES][];
    java.util.Arrays.setAll(tokens, i -> random.ints(5, 0, 11).toArray());
    return new ReplicaAdvanced(round, 1, rung, tokens, energies, new MoveCounts[0], 5L * LANES);
  }

  private void score(int side, String history, int round) {
    long[] sequence = new long[LANES];
    java.util.Arrays.fill(sequence, round + 1);
    int[] lanes = new int[LANES];
    java.util.Arrays.setAll(lanes, i -> i);
    journal.add(
        Histories.comparison("x"),
        new ComparisonEvent.CrossScored(
            side,
            1 - side,
            history,
            round + 1,
            round + 1,
            round,
            round + 1,
            sequence,
            lanes,
            random.doubles(LANES, 4, 12).toArray(),
            5L * LANES));
  }

  private static List<Object> figures(Outcome outcome) {
    return List.of(
        outcome.a().samples().size(),
        outcome.b().samples().size(),
        outcome.result().countA(),
        outcome.result().terms(),
        outcome.result().sweep(),
        outcome.result().pooled());
  }

  private ComparisonAnalysis fresh() {
    return new ComparisonAnalysis(journal, "x");
  }

  @Test
  void outcome_askedWhileItGrows_equalsOneFromTheBeginning() {
    start();
    ComparisonAnalysis followed = fresh();
    assertThat(followed.outcome()).isNull();
    for (int round = 0; round < ROUNDS; round++) {
      round(round, true);
      Outcome live = followed.outcome();
      Outcome anew = fresh().outcome();
      assertThat(live).isNotNull();
      assertThat(anew).isNotNull();
      assertThat(figures(live)).as("seed %d, round %d", SEED, round).isEqualTo(figures(anew));
    }
  }

  @Test
  void outcome_askedAgain_readsOnlyWhatIsNew() {
    start();
    ComparisonAnalysis followed = fresh();
    for (int round = 0; round < ROUNDS; round++) {
      round(round, true);
      followed.outcome();
    }
    long stored = journal.histories.values().stream().mapToLong(List::size).sum();
    assertThat(journal.read).isEqualTo(stored);
    followed.outcome();
    assertThat(journal.read).isEqualTo(stored);
  }

  @Test
  void outcome_roundThatIsNotScored_waitsForItsEnergies() {
    start();
    round(0, true);
    ComparisonAnalysis followed = fresh();
    Outcome before = followed.outcome();
    round(1, false);
    Outcome unscored = followed.outcome();
    assertThat(before).isNotNull();
    assertThat(unscored).isNotNull();
    assertThat(unscored.result().countA()).isNotNull();
    for (int side = 0; side < 2; side++) {
      for (int k = 0; k < 2; k++) {
        score(side, Histories.replica(side == 0 ? "a" : "b", k), 1);
      }
    }
    Outcome scored = followed.outcome();
    assertThat(scored).isNotNull();
    assertThat(scored.a().samples().size()).isEqualTo(2L * 2 * LANES);
    assertThat(figures(scored))
        .isEqualTo(figures(java.util.Objects.requireNonNull(fresh().outcome())));
  }

  @Test
  void at_numberOfRounds_isTheSameWheneverItIsAsked() {
    start();
    ComparisonAnalysis followed = fresh();
    for (int round = 0; round < ROUNDS; round++) {
      round(round, true);
    }
    for (String campaign : List.of("a", "b")) {
      journal.add(
          Histories.campaign(campaign),
          new CampaignEvent.CampaignCompleted(StopReason.BUDGET, ROUNDS - 1, Instant.now()));
    }
    Outcome late = followed.at(4);
    assertThat(late).isNotNull();
    assertThat(late.a().samples().size()).isEqualTo(4L * 2 * LANES);
    assertThat(followed.at(ROUNDS + 1)).isNull();
  }
}
