package io.modeldiff.replica.round;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.kernel.Kernel;
import io.modeldiff.replica.kernel.KernelName;
import io.modeldiff.replica.kernel.Lanes;
import io.modeldiff.replica.kernel.MoveKey;
import io.modeldiff.replica.kernel.Moved;
import io.modeldiff.replica.kernel.RefreshMove;
import io.modeldiff.replica.schedule.Schedule;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of one replica. A round is a pure function of (spec, schedule, replica, round number,
 * rung of each lane, sequences): the warm cache that is kept between rounds is rebuilt from the
 * sequences by the canonical pass that ends every round, so a round gives the same bits whether the
 * cache is warm or the replica has just been restored elsewhere. Confined to one thread.
 */
public final class ReplicaRound implements AutoCloseable {
  private static final int CHOICE = -1;
  private static final int REFRESH = -2;
  private static final int START = -3;
  private final RoundSpec spec;
  private final int replica;
  private final LanguageModel model;
  private final InputSpace space;
  private final int laneCount;
  private @Nullable Lanes warm;

  /** The rounds of one replica with the given number of lanes on a model. */
  public ReplicaRound(
      LanguageModel model, InputSpace space, RoundSpec spec, int replica, int lanes) {
    this.model = model;
    this.space = space;
    this.spec = spec;
    this.replica = replica;
    this.laneCount = lanes;
  }

  /**
   * Round 0: draws the first sequences.
   *
   * @param rungs rung of each lane
   */
  public RoundResult start(Schedule schedule, int[] rungs) {
    int[][] first = new int[laneCount][space.length()];
    int[] allowed = space.allowed();
    for (int c = 0; c < laneCount; c++) {
      KeyedRandom random = key(0, START).lane(c);
      Arrays.setAll(first[c], i -> allowed[random.below(allowed.length)]);
    }
    Lanes lanes = warmed(schedule, first);
    long before = lanes.positions() - (long) laneCount * space.length();
    if (spec.start() == StartState.ANCESTRAL) {
      lanes.place(rungs, true);
      RefreshMove.replace(lanes, all(c -> true), key(0, REFRESH));
      lanes.load(lanes.sequences(), schedule);
    }
    return result(lanes, 0, new Tally(), before);
  }

  /**
   * One round: refresh of the lanes at β=1 and β=0, S moves of the others (and of these too, where
   * a bias makes the refresh a mere proposal), and the canonical pass.
   *
   * @param schedule ladder, steps and bias in force
   * @param round number of the round, from 1
   * @param rungs rung of each lane
   * @param tokens [lanes][N], the sequences at the end of the previous round
   */
  public RoundResult run(Schedule schedule, long round, int[] rungs, int[][] tokens) {
    Lanes lanes = warmed(schedule, tokens);
    long before = lanes.positions();
    Tally tally = new Tally();
    lanes.place(rungs, needsNormalizers());
    int[] drawn = all(c -> spec.refresh() && schedule.ladder().drawable(rungs[c]));
    if (drawn.length > 0) {
      RefreshMove.move(lanes, drawn, key(round, REFRESH));
    }
    int[] moving = all(c -> !(spec.refresh() && schedule.refreshable(rungs[c])));
    for (int move = 0; move < spec.moves() && moving.length > 0; move++) {
      KernelName name = spec.kernels().pick(key(round, CHOICE).lane(move).uniform());
      Moved moved = Kernel.of(name).move(lanes, moving, key(round, move));
      tally.add(name, rungs, moved);
    }
    lanes.load(lanes.sequences(), schedule);
    return result(lanes, round, tally, before);
  }

  private RoundResult result(Lanes lanes, long round, Tally tally, long before) {
    return new RoundResult(
        round, lanes.sequences(), lanes.energies(), tally.counts(), lanes.positions() - before);
  }

  /** The lanes holding exactly these sequences under this schedule, loaded only if they do not. */
  private Lanes warmed(Schedule schedule, int[][] tokens) {
    if (tokens.length != laneCount) {
      throw new IllegalArgumentException(
          "the replica has " + laneCount + " lanes, but " + tokens.length + " sequences came");
    }
    Lanes lanes = warm;
    if (lanes == null) {
      lanes = new Lanes(model, space, laneCount, schedule);
      warm = lanes;
      lanes.load(tokens, schedule);
    } else if (!lanes.schedule().equals(schedule) || !lanes.holds(tokens)) {
      lanes.load(tokens, schedule);
    }
    return lanes;
  }

  private boolean needsNormalizers() {
    return spec.kernels().shares().stream().anyMatch(s -> Kernel.of(s.kernel()).needsNormalizers());
  }

  private int[] all(IntPredicate lane) {
    return IntStream.range(0, laneCount).filter(lane).toArray();
  }

  private MoveKey key(long round, int move) {
    return new MoveKey(spec.seed(), replica, round, move);
  }

  @Override
  public void close() {
    if (warm != null) {
      warm.close();
    }
  }
}
