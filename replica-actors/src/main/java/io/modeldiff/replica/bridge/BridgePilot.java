package io.modeldiff.replica.bridge;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.space.InputSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * Places the states of a bridge with a few small populations. Inputs that both models find likely
 * lie where both NLLs are at the upper end of Z, since that is where most inputs are; the middle of
 * the bridge is the density whose mean energies are there. On the straight ways from it to both
 * models, states stand at equal thermodynamic distances.
 */
final class BridgePilot {
  private static final long STREAM = 1;
  private static final int PARTICLES = 128;
  private static final int STEPS = 8;
  private static final int AVERAGED = 4;
  private static final double LONGEST_STEP = 0.25;
  private static final double LEAST = 0.02;
  private static final double RIDGE = 0.02;

  /** Standard deviations of the difference of log densities between neighbours. */
  private static final double SPACING = 1.5;

  private static final int FEWEST = 2;
  private static final int MOST = 14;
  private static final int REPLICATES = 16;
  private static final int FEWEST_PARTICLES = 32;
  private static final int MOST_PARTICLES = 512;

  private final BridgeSmc smc;
  private final double energy;
  private final long seed;
  private long number;

  private BridgePilot(BridgeSmc smc, double energy, long seed) {
    this.smc = smc;
    this.energy = energy;
    this.seed = seed;
  }

  /**
   * A plan.
   *
   * @param high upper end of Z, nats per token
   * @param evaluations full-sequence passes of both models together, without the pilot's own
   */
  static BridgePlan plan(
      LanguageModel a,
      LanguageModel b,
      InputSpace space,
      double high,
      long evaluations,
      long seed) {
    try (BridgeSmc smc = new BridgeSmc(a, b, space, PARTICLES)) {
      return new BridgePilot(smc, high * space.scored(), seed).plan(evaluations);
    }
  }

  private BridgePlan plan(long evaluations) {
    Mixture middle = middle();
    List<Mixture> states = new ArrayList<>(leg(Mixture.A, middle));
    states.add(middle);
    List<Mixture> second = leg(Mixture.B, middle);
    java.util.Collections.reverse(second);
    states.addAll(second);
    long each = Math.max(FEWEST_PARTICLES, evaluations / (2L * states.size() * REPLICATES));
    // Larger populations would not fit into memory beside large models: more of them instead.
    int times = (int) ((each + MOST_PARTICLES - 1) / MOST_PARTICLES);
    return new BridgePlan(
        states.stream().mapToDouble(Mixture::t).toArray(),
        states.stream().mapToDouble(Mixture::beta).toArray(),
        (int) (each / times),
        REPLICATES * times,
        seed);
  }

  private Population sample(Mixture mixture) {
    return smc.run(mixture, seed, STREAM, number++);
  }

  /** Newton's method on the mean energies, whose derivatives are minus their covariances. */
  private Mixture middle() {
    double a = 0.5;
    double b = 0.5;
    double sumA = 0;
    double sumB = 0;
    for (int step = 1; step <= STEPS; step++) {
      Population p = sample(new Mixture(a, b));
      double[] v = p.spread();
      double ridge = RIDGE * (v[0] + v[1]) + 1e-9;
      double x = v[0] + ridge;
      double y = v[1] + ridge;
      double offA = p.meanA() - energy;
      double offB = p.meanB() - energy;
      double scale = 1 / (x * y - v[2] * v[2]);
      a = Math.max(LEAST, a + bounded(scale * (y * offA - v[2] * offB)));
      b = Math.max(LEAST, b + bounded(scale * (x * offB - v[2] * offA)));
      if (step > STEPS - AVERAGED) {
        sumA += a / AVERAGED;
        sumB += b / AVERAGED;
      }
    }
    return new Mixture(sumA, sumB);
  }

  private static double bounded(double step) {
    return Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
  }

  /** States from an end up to, but without, the middle. */
  private List<Mixture> leg(Mixture end, Mixture middle) {
    double[] speed = new double[3];
    for (int k = 0; k < 3; k++) {
      speed[k] = speed(sample(end.towards(middle, k / 2.0)), end, middle);
    }
    double length = (speed[0] + 2 * speed[1] + speed[2]) / 4;
    int steps = (int) Math.max(FEWEST, Math.min(MOST, Math.ceil(length / SPACING)));
    List<Mixture> states = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      states.add(end.towards(middle, share(speed, (double) i / steps)));
    }
    return states;
  }

  /** Standard deviation of the log density's derivative along the way. */
  private static double speed(Population p, Mixture from, Mixture to) {
    double x = to.a() - from.a();
    double y = to.b() - from.b();
    double[] v = p.spread();
    return Math.sqrt(Math.max(1e-12, x * x * v[0] + y * y * v[1] + 2 * x * y * v[2]));
  }

  /** Where a part of the length is reached, with the speed linear between its three values. */
  private static double share(double[] speed, double part) {
    double first = (speed[0] + speed[1]) / 4;
    double second = (speed[1] + speed[2]) / 4;
    double wanted = part * (first + second);
    return wanted <= first
        ? inverse(speed[0], speed[1], wanted)
        : 0.5 + inverse(speed[1], speed[2], wanted - first);
  }

  /** s in [0, ½] with ∫ (from + 2s(to − from)) ds = wanted. */
  private static double inverse(double from, double to, double wanted) {
    double slope = to - from;
    return Math.abs(slope) < 1e-9 * (from + to)
        ? wanted / from
        : (Math.sqrt(from * from + 4 * slope * wanted) - from) / (2 * slope);
  }
}
