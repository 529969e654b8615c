package io.modeldiff.replica.bridge;

import io.modeldiff.core.lm.Conditionals;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.Proposal;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;

/**
 * The lanes of one replica under both models. A move cuts all lanes at one place and draws new
 * suffixes from one of the models; it is accepted with the Metropolis-Hastings probability of each
 * lane's own state, min(1, exp(Δ log π + ΔE of the model that drew)).
 */
final class BridgeReplica implements AutoCloseable {
  private final LaneCache a;
  private final LaneCache b;
  private final int length;
  private final int[] all;
  private final double[] ones;
  private final double[][] logA;
  private final double[][] logB;
  final int[] state;

  BridgeReplica(
      LanguageModel modelA,
      LanguageModel modelB,
      InputSpace space,
      int lanes,
      int firstState,
      boolean fromA,
      KeyedRandom random) {
    this.length = space.length();
    this.a = modelA.openLanes(space, lanes);
    this.b = modelB.openLanes(space, lanes);
    this.all = new int[lanes];
    Arrays.setAll(all, i -> i);
    this.ones = new double[lanes];
    Arrays.fill(ones, 1);
    this.state = new int[lanes];
    Arrays.fill(state, firstState);
    LaneCache first = fromA ? a : b;
    first.clear();
    int[][] tokens = new int[lanes][];
    for (int i = 0; i < length; i++) {
      tokens = first.extend(ones, random.uniforms(lanes), new double[0]).tokens();
    }
    int[][] drawn = Arrays.stream(tokens).map(int[]::clone).toArray(int[][]::new);
    this.logA = rows(a.load(drawn, new double[0]));
    this.logB = rows(b.load(drawn, new double[0]));
  }

  private static double[][] rows(Conditionals conditionals) {
    return Arrays.stream(conditionals.logP()).map(double[]::clone).toArray(double[][]::new);
  }

  double energyA(int lane) {
    return -Arrays.stream(logA[lane]).sum();
  }

  double energyB(int lane) {
    return -Arrays.stream(logB[lane]).sum();
  }

  /** One move of all lanes; returns the share that was accepted. */
  double move(BridgePlan plan, int cut, boolean byA, KeyedRandom random) {
    LaneCache drawer = byA ? a : b;
    LaneCache other = byA ? b : a;
    double[][] uniforms = new double[all.length][];
    Arrays.setAll(uniforms, i -> random.uniforms(length - cut));
    int[][] blank = new int[all.length][length];
    Conditionals drawn =
        drawer.propose(new Proposal(all, cut, length, blank, ones, uniforms, false));
    int[][] candidate = Arrays.stream(drawn.tokens()).map(int[]::clone).toArray(int[][]::new);
    Conditionals scored =
        other.propose(
            new Proposal(all, cut, cut, candidate, ones, new double[all.length][0], false));
    Conditionals newA = byA ? drawn : scored;
    Conditionals newB = byA ? scored : drawn;
    boolean[] accepted = new boolean[all.length];
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      double deltaA = newA.energyFrom(i) - suffix(logA[i], cut);
      double deltaB = newB.energyFrom(i) - suffix(logB[i], cut);
      double log = plan.logDensity(state[i], deltaA, deltaB) + (byA ? deltaA : deltaB);
      accepted[i] = Math.log(random.uniform()) < log;
      if (accepted[i]) {
        System.arraycopy(newA.logP()[i], 0, logA[i], cut, length - cut);
        System.arraycopy(newB.logP()[i], 0, logB[i], cut, length - cut);
        count++;
      }
    }
    a.accept(accepted);
    b.accept(accepted);
    return (double) count / all.length;
  }

  private static double suffix(double[] logs, int from) {
    double energy = 0;
    for (int i = from; i < logs.length; i++) {
      energy -= logs[i];
    }
    return energy;
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
