package io.modeldiff.core.exact;

import java.time.Duration;

/**
 * The exact answer.
 *
 * @param sequences number of sequences in the space
 * @param a over X_A; {@code below} is PD_AB, {@code above} PA_AB
 * @param b over X_B; {@code below} is PA_BA, {@code above} PD_BA
 * @param both |X_A ∩ X_B|
 * @param time wall time of the enumeration
 */
public record ExactResult(
    ExactSpec spec, long sequences, ExactSide a, ExactSide b, long both, Duration time) {
  /** Prediction disagreement on A's inputs: those that B finds less likely (Table 1). */
  public long pdAB() {
    return a.below();
  }

  /** Prediction agreement on A's inputs. */
  public long paAB() {
    return a.above();
  }

  /** Prediction agreement on B's inputs. */
  public long paBA() {
    return b.below();
  }

  /** Prediction disagreement on B's inputs. */
  public long pdBA() {
    return b.above();
  }

  /** PD_AB : PA_AB : PA_BA : PD_BA with the first as 1; NaN where PD_AB is 0. */
  public double[] ratio() {
    double unit = pdAB() == 0 ? Double.NaN : pdAB();
    return new double[] {pdAB() / unit, paAB() / unit, paBA() / unit, pdBA() / unit};
  }

  /** Sequences per second, both models together. */
  public double rate() {
    return sequences / Math.max(1e-9, time.toNanos() * 1e-9);
  }
}
