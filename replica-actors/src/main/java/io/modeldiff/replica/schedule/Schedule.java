package io.modeldiff.replica.schedule;

import io.modeldiff.replica.ladder.Ladder;
import java.util.Arrays;

/**
 * What adaptation tunes and freezing fixes: the ladder, the Langevin step of each rung, and the
 * log-weight over z. On a ladder of several rungs the bias leaves those at β=1 and β=0 alone: they
 * keep their exact draws and their known normalisers, which the other rungs are measured against.
 *
 * @param ladder inverse temperatures
 * @param steps step size α of kernel dmala, one per rung (Zhang et al. 2022, eq. 3)
 * @param bias extra log-weight over z, {@link Bias#NONE} in plain tempering
 */
public record Schedule(Ladder ladder, double[] steps, Bias bias) {
  /** Step size of kernel dmala before it is tuned. */
  public static final double INITIAL_STEP = 0.3;

  public Schedule {
    steps = steps.clone();
    if (steps.length != ladder.size()) {
      throw new IllegalArgumentException("a schedule needs one step per rung");
    }
  }

  /** Plain tempering with untuned steps. */
  public static Schedule of(Ladder ladder) {
    double[] steps = new double[ladder.size()];
    Arrays.fill(steps, INITIAL_STEP);
    return new Schedule(ladder, steps, Bias.NONE);
  }

  /** The same with another bias. */
  public Schedule withBias(Bias other) {
    return new Schedule(ladder, steps, other);
  }

  /** The bias in force at a rung. */
  public Bias biasOf(int rung) {
    return ladder.size() > 1 && ladder.drawable(rung) ? Bias.NONE : bias;
  }

  /** log of the unnormalised target at a rung: −β·E + bias(E/n), nats. */
  public double logTarget(int rung, double energy, int scored) {
    return -ladder.beta(rung) * energy + biasOf(rung).at(energy / scored);
  }

  /** Whether independent draws at a rung are exact and need no correction. */
  public boolean refreshable(int rung) {
    return ladder.drawable(rung) && biasOf(rung).none();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Schedule s
        && s.ladder.equals(ladder)
        && Arrays.equals(s.steps, steps)
        && s.bias.equals(bias);
  }

  @Override
  public int hashCode() {
    return ladder.hashCode() * 31 + bias.hashCode();
  }

  @Override
  public String toString() {
    return "Schedule[" + ladder + ", steps=" + Arrays.toString(steps) + ", " + bias + "]";
  }
}
