package io.modeldiff.replica.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.replica.ladder.Ladder;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Ladder LADDER = Ladder.of(1, 1.5, 2);

  @Test
  void arrived_homeFarHome_isOneRestartAndOneRoundTrip() {
    Traffic t = Traffic.none(1, 1);
    for (int rung : new int[] {0, 1, 2, 2, 1, 0, 1, 0}) {
      t = t.arrived(LADDER, new int[][] {{rung}});
    }
    assertThat(t.restarts()).isEqualTo(1);
    assertThat(t.roundTrips()).isEqualTo(1);
  }

  @Test
  void arrived_startedAtTheFarEnd_isNoRoundTripYet() {
    Traffic t = Traffic.none(1, 1);
    for (int rung : new int[] {2, 1, 0}) {
      t = t.arrived(LADDER, new int[][] {{rung}});
    }
    assertThat(t.roundTrips()).isZero();
  }

  @Test
  void resized_growth_newReplicasTakeTheFarEnd() {
    int[][] colder = RungAssignment.resized(new int[][] {{1, 0}, {0, 1}}, Ladder.of(1, 2, 3));
    assertThat(colder).isDeepEqualTo(new int[][] {{1, 0}, {0, 1}, {2, 2}});
    int[][] warmer = RungAssignment.resized(new int[][] {{1, 0}, {0, 1}}, Ladder.of(0.2, 0.5, 1));
    assertThat(warmer).isDeepEqualTo(new int[][] {{2, 1}, {1, 2}, {0, 0}});
  }

  @Test
  void resized_shrink_keepsTheOrderOfThoseThatStay() {
    int[][] fewer = RungAssignment.resized(new int[][] {{2, 0}, {0, 1}, {1, 2}}, Ladder.of(1, 2));
    assertThat(fewer).isDeepEqualTo(new int[][] {{1, 0}, {0, 1}});
  }
}
