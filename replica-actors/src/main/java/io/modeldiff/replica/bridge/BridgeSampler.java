package io.modeldiff.replica.bridge;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.work.WorkMonitor;
import java.util.ArrayList;
import java.util.List;

/**
 * Replica exchange between two models (statistics, section 2): rungs π ∝ p_A^{1−t} p_B^t that go
 * where neither model's own samples do. At both ends a cut at position 0 draws an independent
 * sample. The same plan gives the same samples.
 */
public final class BridgeSampler {
  private static final long START = 1;
  private static final long MOVE = 2;
  private static final long SWAP = 3;
  private static final long CUT = 4;

  private BridgeSampler() {}

  /**
   * The counted samples, in a fixed order.
   *
   * @param zA NLL under A, nats per scored token
   * @param zB NLL under B
   * @param state index into the plan's states
   * @param lane independent simulation
   * @param acceptance mean share of accepted moves
   * @param rejection [pair of neighbouring states] share of refused exchanges
   */
  public record Samples(
      float[] zA, float[] zB, int[] state, int[] lane, double acceptance, double[] rejection) {}

  /** Runs a plan. */
  public static Samples run(
      LanguageModel a, LanguageModel b, InputSpace space, BridgePlan plan, WorkMonitor monitor) {
    List<BridgeReplica> replicas = new ArrayList<>();
    try {
      for (int k = 0; k < plan.states(); k++) {
        KeyedRandom random = KeyedRandom.of(plan.seed(), START, k);
        boolean fromA = plan.t()[k] < 0.5;
        replicas.add(new BridgeReplica(a, b, space, plan.lanes(), k, fromA, random));
      }
      return new Run(replicas, space, plan).all(monitor);
    } finally {
      replicas.forEach(BridgeReplica::close);
    }
  }

  private static final class Run {
    private final List<BridgeReplica> replicas;
    private final InputSpace space;
    private final BridgePlan plan;
    private final float[] zA;
    private final float[] zB;
    private final int[] state;
    private final int[] lane;
    private final double[] tried;
    private final double[] refused;
    private double accepted;
    private int n;

    Run(List<BridgeReplica> replicas, InputSpace space, BridgePlan plan) {
      this.replicas = replicas;
      this.space = space;
      this.plan = plan;
      int size = (plan.rounds() - plan.firstCounted()) * plan.states() * plan.lanes();
      this.zA = new float[size];
      this.zB = new float[size];
      this.state = new int[size];
      this.lane = new int[size];
      this.tried = new double[plan.states() - 1];
      this.refused = new double[plan.states() - 1];
    }

    Samples all(WorkMonitor monitor) {
      for (int round = 0; round < plan.rounds(); round++) {
        monitor.checkStop();
        for (int k = 0; k < replicas.size(); k++) {
          moves(round, k);
        }
        if (round >= plan.firstCounted()) {
          keep();
        }
        swaps(round);
        monitor.done(round + 1L);
      }
      double[] rejection = new double[tried.length];
      java.util.Arrays.setAll(rejection, p -> tried[p] == 0 ? 0 : refused[p] / tried[p]);
      double moves = (double) plan.rounds() * plan.moves() * replicas.size();
      return new Samples(zA, zB, state, lane, accepted / moves, rejection);
    }

    private void moves(int round, int k) {
      for (int m = 0; m < plan.moves(); m++) {
        KeyedRandom cuts = KeyedRandom.of(plan.seed(), CUT, round, k, m);
        int cut = m == 0 ? 0 : cuts.below(space.length());
        boolean byA = m == 0 ? round % 2 == 0 : cuts.uniform() < 0.5;
        KeyedRandom random = KeyedRandom.of(plan.seed(), MOVE, round, k, m);
        accepted += replicas.get(k).move(plan, cut, byA, random);
      }
    }

    private void keep() {
      for (BridgeReplica replica : replicas) {
        for (int c = 0; c < plan.lanes(); c++) {
          zA[n] = (float) (replica.energyA(c) / space.scored());
          zB[n] = (float) (replica.energyB(c) / space.scored());
          state[n] = replica.state[c];
          lane[n++] = c;
        }
      }
    }

    private void swaps(int round) {
      KeyedRandom random = KeyedRandom.of(plan.seed(), SWAP, round);
      for (int c = 0; c < plan.lanes(); c++) {
        BridgeReplica[] at = new BridgeReplica[plan.states()];
        for (BridgeReplica replica : replicas) {
          at[replica.state[c]] = replica;
        }
        for (int s = round % 2; s + 1 < at.length; s += 2) {
          BridgeReplica x = at[s];
          BridgeReplica y = at[s + 1];
          double log =
              plan.logDensity(s, y.energyA(c), y.energyB(c))
                  + plan.logDensity(s + 1, x.energyA(c), x.energyB(c))
                  - plan.logDensity(s, x.energyA(c), x.energyB(c))
                  - plan.logDensity(s + 1, y.energyA(c), y.energyB(c));
          tried[s]++;
          refused[s] += 1 - Math.min(1, Math.exp(log));
          if (Math.log(random.uniform()) < log) {
            x.state[c] = s + 1;
            y.state[c] = s;
          }
        }
      }
    }
  }
}
