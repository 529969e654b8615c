package io.modeldiff.replica.schedule;

import io.modeldiff.replica.ladder.Ladder;

/**
 * Tunes the step size of the discrete Langevin kernel during adaptation, one rung at a time,
 * towards the acceptance rate at which Langevin proposals travel fastest (Roberts and Rosenthal
 * 1998).
 */
public final class StepTuning {
  private static final double TARGET_ACCEPTANCE = 0.574;
  private static final double SMALLEST = 0.02;
  private static final double LARGEST = 10;

  private StepTuning() {}

  /**
   * The step for the next phase.
   *
   * @param step current step α
   * @param proposed moves made at the rung in this phase; 0 leaves the step as it is
   * @param accepted those accepted
   * @param phase number of the phase: later phases change less
   */
  public static double next(double step, long proposed, long accepted, int phase) {
    if (proposed == 0) {
      return step;
    }
    double rate = accepted / (double) proposed;
    double moved = step * Math.exp(2 * (rate - TARGET_ACCEPTANCE) / Math.sqrt(phase + 1.0));
    return Math.max(SMALLEST, Math.min(LARGEST, moved));
  }

  /**
   * The schedule for the next phase: another ladder, and each of its rungs with the tuned step of
   * the old rung nearest to it.
   *
   * @param moves [old rungs][proposed, accepted] of kernel dmala
   */
  public static Schedule tuned(Schedule schedule, Ladder next, long[][] moves, int phase) {
    double[] steps = new double[next.size()];
    for (int k = 0; k < steps.length; k++) {
      int nearest = 0;
      for (int old = 1; old < schedule.ladder().size(); old++) {
        double now = Math.abs(schedule.ladder().beta(old) - next.beta(k));
        if (now < Math.abs(schedule.ladder().beta(nearest) - next.beta(k))) {
          nearest = old;
        }
      }
      steps[k] = next(schedule.steps()[nearest], moves[nearest][0], moves[nearest][1], phase);
    }
    return new Schedule(next, steps, schedule.bias());
  }
}
