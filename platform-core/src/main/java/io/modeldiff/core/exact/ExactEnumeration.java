package io.modeldiff.core.exact;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.PrefixTree;
import io.modeldiff.core.lm.VocabularyDifference;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.work.WorkMonitor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Enumerates an input space under two models, block by block: both models score the same block,
 * each on its own thread, then the block is counted. Memory holds one block of float32 z per model,
 * whatever the size of the space, and the order of counting is fixed, so results repeat exactly.
 */
public final class ExactEnumeration {
  /** Largest number of sequences of one block. */
  private static final int BLOCK = 1 << 24;

  private final LanguageModel a;
  private final LanguageModel b;
  private final ExactSpec spec;
  private final int size;
  private final int blockSize;
  private final int startLength;
  private final long blocks;

  /**
   * @param spec small enough ({@link ExactSpec#requireSmall})
   */
  public ExactEnumeration(LanguageModel a, LanguageModel b, ExactSpec spec) {
    requireComparable(a, b);
    this.a = a;
    this.b = b;
    this.spec = spec;
    this.size = spec.space().allowed().length;
    int free = freePositions(size, spec.space().length());
    this.startLength = spec.space().length() - free;
    this.blockSize = Math.toIntExact(power(size, free));
    this.blocks = power(size, startLength);
  }

  /** The number of trailing positions that one block enumerates, at least 1. */
  private static int freePositions(int size, int length) {
    int free = 1;
    while (free < length && power(size, free + 1) <= BLOCK) {
      free++;
    }
    return free;
  }

  private static long power(int base, int exponent) {
    long result = 1;
    for (int i = 0; i < exponent; i++) {
      result = Math.multiplyExact(result, base);
    }
    return result;
  }

  private static void requireComparable(LanguageModel a, LanguageModel b) {
    VocabularyDifference.first(a.info().name(), a.tokenizer(), b.info().name(), b.tokenizer())
        .ifPresent(
            difference -> {
              throw UserException.badInput(difference + " So they have no common input space.");
            });
    if (a.info().vocabulary() != b.info().vocabulary()) {
      throw UserException.badInput(
          "The models "
              + a.info().name()
              + " and "
              + b.info().name()
              + " give probabilities to "
              + a.info().vocabulary()
              + " and "
              + b.info().vocabulary()
              + " tokens, so they have no common input space.");
    }
  }

  /**
   * Enumerates everything.
   *
   * @param monitor is told the number of sequences that both models have scored
   */
  public ExactResult run(WorkMonitor monitor) {
    long started = System.nanoTime();
    SideCounts sideA = new SideCounts(spec);
    SideCounts sideB = new SideCounts(spec);
    float[] zA = new float[blockSize];
    float[] zB = new float[blockSize];
    AtomicLong scored = new AtomicLong();
    long both = 0;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (PrefixTree treeA = a.openTree(spec.space());
        PrefixTree treeB = b.openTree(spec.space())) {
      for (long block = 0; block < blocks; block++) {
        int[] start = start(block);
        CompletableFuture<Void> first = fill(threads, treeA, start, zA, scored, monitor);
        CompletableFuture<Void> second = fill(threads, treeB, start, zB, scored, monitor);
        await(first, second);
        both += count(sideA, sideB, zA, zB);
      }
    } finally {
      threads.shutdownNow();
    }
    Duration time = Duration.ofNanos(System.nanoTime() - started);
    return new ExactResult(spec, blocks * blockSize, sideA.side(), sideB.side(), both, time);
  }

  /** The leading tokens of a block: its number's digits in base V. */
  private int[] start(long block) {
    int[] allowed = spec.space().allowed();
    int[] start = new int[startLength];
    long rest = block;
    for (int i = startLength - 1; i >= 0; i--) {
      start[i] = allowed[(int) (rest % size)];
      rest /= size;
    }
    return start;
  }

  private CompletableFuture<Void> fill(
      ExecutorService threads,
      PrefixTree tree,
      int[] start,
      float[] z,
      AtomicLong scored,
      WorkMonitor monitor) {
    InputSpace space = spec.space();
    double perToken = 1.0 / space.scored();
    PrefixTree.Sink sink =
        (first, energies) -> {
          monitor.checkStop();
          int at = (int) (first % blockSize);
          for (int i = 0; i < energies.length; i++) {
            z[at + i] = (float) (energies[i] * perToken);
          }
          monitor.done(scored.addAndGet(energies.length) / 2);
        };
    return CompletableFuture.runAsync(() -> tree.enumerate(start, sink), threads);
  }

  /** Waits for both, so that a failure of one leaves no work behind. */
  private static void await(CompletableFuture<Void> first, CompletableFuture<Void> second) {
    try {
      CompletableFuture.allOf(first, second).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static long count(SideCounts sideA, SideCounts sideB, float[] zA, float[] zB) {
    long both = 0;
    for (int i = 0; i < zA.length; i++) {
      boolean inA = sideA.add(zA[i]);
      boolean inB = sideB.add(zB[i]);
      if (inA | inB) {
        double d = (double) zA[i] - zB[i];
        if (inA) {
          sideA.addMeaningful(zA[i], d);
        }
        if (inB) {
          sideB.addMeaningful(zB[i], d);
        }
        both += inA & inB ? 1 : 0;
      }
    }
    return both;
  }
}
