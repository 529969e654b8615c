package io.modeldiff.core.exact;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.PrefixTree;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.work.WorkMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Scores the blocks of a space under two models on threads of its own, one for each walk over a
 * prefix tree. Blocks are taken in order and at most a few ahead of the one being counted, so that
 * memory stays bounded and the faster model leaves the cores to the slower one.
 */
final class BlockScoring implements AutoCloseable {
  /** z of one block under both models, nats per token. */
  record Scored(float[] a, float[] b) {}

  /** One model's blocks: which is next, and the z of those not counted yet, in a ring. */
  private static final class Side {
    final List<PrefixTree> trees;
    final float[][] ring;
    final boolean[] done;
    long next;

    Side(LanguageModel model, InputSpace space, BlockPlan plan) {
      this.trees = model.openTrees(space, (int) Math.min(plan.blocks(), Integer.MAX_VALUE));
      int ahead = (int) Math.min(plan.blocks(), 2L * trees.size() + 1);
      this.ring = new float[ahead][];
      this.done = new boolean[ahead];
    }
  }

  private final InputSpace space;
  private final BlockPlan plan;
  private final double upTo;
  private final WorkMonitor monitor;
  private final Side a;
  private final Side b;
  private final List<Thread> threads = new ArrayList<>();
  private long counted;
  private long scored;
  private boolean closed;
  private @Nullable Throwable failure;

  /**
   * @param upTo energy above which z may come out as +∞, nats per sequence
   */
  BlockScoring(
      LanguageModel a,
      LanguageModel b,
      InputSpace space,
      BlockPlan plan,
      double upTo,
      WorkMonitor monitor) {
    this.space = space;
    this.plan = plan;
    this.upTo = upTo;
    this.monitor = monitor;
    this.a = new Side(a, space, plan);
    this.b = new Side(b, space, plan);
    start(this.a);
    start(this.b);
  }

  private void start(Side side) {
    for (PrefixTree tree : side.trees) {
      Thread thread = new Thread(() -> work(side, tree), "enumeration-" + threads.size());
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void work(Side side, PrefixTree tree) {
    try {
      for (long block = take(side); block >= 0; block = take(side)) {
        float[] z = new float[plan.size()];
        tree.enumerate(plan.start(block), upTo, (first, energies) -> put(z, first, energies));
        finish(side, block, z);
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** The next block of a side, once there is room for it; −1 when there is none left. */
  private synchronized long take(Side side) throws InterruptedException {
    if (side.next >= plan.blocks()) {
      return -1;
    }
    long block = side.next++;
    while (block >= counted + side.ring.length && !closed) {
      wait();
    }
    return closed ? -1 : block;
  }

  private void put(float[] z, long first, double[] energies) {
    monitor.checkStop();
    double perToken = 1.0 / space.scored();
    int at = (int) (first % plan.size());
    for (int i = 0; i < energies.length; i++) {
      z[at + i] = (float) (energies[i] * perToken);
    }
    monitor.done(progress(energies.length));
  }

  private synchronized long progress(int more) {
    if (closed) {
      throw new CancellationException("The enumeration has ended.");
    }
    scored += more;
    return scored / 2;
  }

  private synchronized void finish(Side side, long block, float[] z) {
    int slot = (int) (block % side.ring.length);
    side.ring[slot] = z;
    side.done[slot] = true;
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    if (failure == null && !closed) {
      failure = e;
    }
    notifyAll();
  }

  /**
   * Waits for a block under both models.
   *
   * @throws RuntimeException the failure of a walk
   */
  synchronized Scored await(long block) {
    int slotA = (int) (block % a.ring.length);
    int slotB = (int) (block % b.ring.length);
    while (failure == null && !(a.done[slotA] && b.done[slotB])) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("Interrupted.");
      }
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
    return new Scored(a.ring[slotA], b.ring[slotB]);
  }

  /** Lets go of a block. */
  synchronized void counted(long block) {
    for (Side side : List.of(a, b)) {
      int slot = (int) (block % side.ring.length);
      side.done[slot] = false;
      side.ring[slot] = new float[0];
    }
    counted = block + 1;
    notifyAll();
  }

  /** Ends all work and waits for it, so that a failure leaves nothing behind. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    a.trees.forEach(PrefixTree::close);
    b.trees.forEach(PrefixTree::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
