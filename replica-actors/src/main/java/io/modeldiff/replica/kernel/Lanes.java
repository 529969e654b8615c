package io.modeldiff.replica.kernel;

import io.modeldiff.core.lm.Conditionals;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.Proposal;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.schedule.Bias;
import io.modeldiff.replica.schedule.Schedule;
import java.util.Arrays;

/**
 * The working state of one replica's lanes on a worker: their sequences, the model's cache of them,
 * and per position log p and log c_β for every β of the ladder, so that a swap of β's costs
 * nothing. Confined to one thread. After {@link #load} the state is a function of the sequences
 * alone; moves keep log c_β up to date at each lane's own β only, which is all that they read.
 */
public final class Lanes implements AutoCloseable {
  private final LanguageModel model;
  private final LaneCache cache;
  private final int[][] tokens;
  private final double[] energies;
  private final double[][] logP;
  private final double[][][] logC;
  private final float[][][] gradients;
  private Schedule schedule;
  private int[] rungs;
  private boolean keepNormalizers = true;
  private long gradientPositions;

  /** Opens empty lanes; {@link #load} comes first. */
  public Lanes(LanguageModel model, InputSpace space, int lanes, Schedule schedule) {
    this.model = model;
    this.cache = model.openLanes(space, lanes);
    this.schedule = schedule;
    this.tokens = new int[lanes][];
    this.energies = new double[lanes];
    this.logP = new double[lanes][];
    this.logC = new double[lanes][][];
    this.gradients = new float[lanes][][];
    this.rungs = new int[lanes];
  }

  /**
   * The canonical pass: replaces every lane's sequence and recomputes everything known of it.
   *
   * @param sequences [lanes][N]
   */
  public void load(int[][] sequences, Schedule newSchedule) {
    schedule = newSchedule;
    Conditionals all = cache.load(sequences, schedule.ladder().betas());
    for (int c = 0; c < tokens.length; c++) {
      tokens[c] = sequences[c].clone();
      logP[c] = all.logP()[c];
      logC[c] = all.logNormalizer()[c];
      energies[c] = all.energyFrom(c);
    }
    forgetGradients();
  }

  /**
   * Says at which rung each lane runs.
   *
   * @param normalizers whether the moves to come need log c_β of the current state; without, they
   *     are stale until the next {@link #load}
   */
  public void place(int[] rungOfLane, boolean normalizers) {
    rungs = rungOfLane.clone();
    keepNormalizers = normalizers;
    forgetGradients();
  }

  private void forgetGradients() {
    Arrays.fill(gradients, null);
  }

  /** Number of lanes. */
  public int count() {
    return tokens.length;
  }

  /** The input space. */
  public InputSpace space() {
    return cache.space();
  }

  /** Ladder, steps and bias in force. */
  public Schedule schedule() {
    return schedule;
  }

  /** Rung of a lane. */
  public int rung(int lane) {
    return rungs[lane];
  }

  /** Inverse temperature of a lane. */
  public double beta(int lane) {
    return schedule.ladder().beta(rungs[lane]);
  }

  /** Current sequence of a lane; not to be changed. */
  public int[] sequence(int lane) {
    return tokens[lane];
  }

  /** Current energy of a lane, nats. */
  public double energy(int lane) {
    return energies[lane];
  }

  /** log p at a position of a lane's sequence. */
  double logP(int lane, int position) {
    return logP[lane][position];
  }

  /** log c_β(x_&lt;position) of a lane's sequence at the lane's own β. */
  double logC(int lane, int position) {
    return logC[lane][position][rungs[lane]];
  }

  /** Whether the lanes hold exactly these sequences. */
  public boolean holds(int[][] sequences) {
    return Arrays.deepEquals(tokens, sequences);
  }

  /** Copies of all sequences, [lanes][N]. */
  public int[][] sequences() {
    int[][] copy = new int[tokens.length][];
    Arrays.setAll(copy, c -> tokens[c].clone());
    return copy;
  }

  /** Copy of all energies, nats. */
  public double[] energies() {
    return energies.clone();
  }

  /**
   * Token positions evaluated so far; a gradient (forward and backward) counts three a position.
   */
  public long positions() {
    return cache.positions() + gradientPositions;
  }

  /** Proposes to draw [from, to) anew in some lanes at their own β, keeping what follows. */
  Draft redraw(int[] lanes, int from, int to, double[][] uniforms) {
    int[][] kept = new int[lanes.length][];
    Arrays.setAll(kept, b -> tokens[lanes[b]]);
    return propose(lanes, from, to, kept, uniforms);
  }

  /** Proposes given sequences that agree with the current ones before {@code from}. */
  Draft score(int[] lanes, int from, int[][] candidate) {
    return propose(lanes, from, from, candidate, new double[lanes.length][0]);
  }

  private Draft propose(int[] lanes, int from, int to, int[][] candidate, double[][] uniforms) {
    double[] beta = new double[lanes.length];
    Arrays.setAll(beta, b -> beta(lanes[b]));
    Conditionals next =
        cache.propose(new Proposal(lanes, from, to, candidate, beta, uniforms, keepNormalizers));
    double[] energy = new double[lanes.length];
    for (int b = 0; b < lanes.length; b++) {
      energy[b] = next.energyFrom(b);
      for (int i = 0; i < from; i++) {
        energy[b] -= logP[lanes[b]][i];
      }
    }
    return new Draft(this, lanes, from, next, energy);
  }

  /** Moves the lanes of the last draft that are accepted. */
  void accept(Draft draft, boolean[] accepted) {
    cache.accept(accepted);
    for (int b = 0; b < accepted.length; b++) {
      if (accepted[b]) {
        take(draft, b);
      }
    }
  }

  private void take(Draft draft, int row) {
    int c = draft.lanes()[row];
    int from = draft.from();
    tokens[c] = draft.next().tokens()[row].clone();
    energies[c] = draft.energy()[row];
    double[] newLogP = draft.next().logP()[row];
    System.arraycopy(newLogP, 0, logP[c], from, newLogP.length);
    if (keepNormalizers) {
      double[][] newLogC = draft.next().logNormalizer()[row];
      for (int i = 0; i < newLogC.length; i++) {
        logC[c][from + i][rungs[c]] = newLogC[i][0];
      }
    }
    gradients[c] = null;
  }

  /**
   * log of the target's bias gained by going from the current energy to another, nats. A lane that
   * is where the bias forbids it (possible only at the start) may leave at once.
   */
  double biasGain(int lane, double newEnergy) {
    Bias bias = schedule.biasOf(rungs[lane]);
    if (bias.none()) {
      return 0;
    }
    double now = bias.at(energies[lane] / space().scored());
    double then = bias.at(newEnergy / space().scored());
    if (now == Double.NEGATIVE_INFINITY) {
      return then == Double.NEGATIVE_INFINITY ? 0 : Double.POSITIVE_INFINITY;
    }
    return then - now;
  }

  /** ∂E/∂onehot at the current sequences of some lanes, [lanes][N][vocabulary]. */
  float[][][] gradients(int[] lanes) {
    boolean known = true;
    for (int lane : lanes) {
      known &= gradients[lane] != null;
    }
    if (!known) {
      int[][] at = new int[lanes.length][];
      Arrays.setAll(at, b -> tokens[lanes[b]]);
      float[][][] fresh = gradientsAt(at);
      for (int b = 0; b < lanes.length; b++) {
        gradients[lanes[b]] = fresh[b];
      }
    }
    float[][][] out = new float[lanes.length][][];
    Arrays.setAll(out, b -> gradients[lanes[b]]);
    return out;
  }

  /** ∂E/∂onehot at given sequences. */
  float[][][] gradientsAt(int[][] sequences) {
    gradientPositions += 3L * sequences.length * space().length();
    return model.gradient(space(), sequences);
  }

  /** Remembers the gradient at a lane's current sequence. */
  void rememberGradient(int lane, float[][] gradient) {
    gradients[lane] = gradient;
  }

  @Override
  public void close() {
    cache.close();
  }
}
