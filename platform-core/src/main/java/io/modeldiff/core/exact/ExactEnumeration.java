package io.modeldiff.core.exact;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.VocabularyDifference;
import io.modeldiff.core.work.WorkMonitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Enumerates an input space under two models, block by block: threads score blocks of either model,
 * as many at a time as the machine has room for, and the blocks are counted in their order, so that
 * results repeat exactly. Memory holds a few blocks of float32 z, whatever the size of the space.
 */
public final class ExactEnumeration {
  /** Largest number of sequences of one block. */
  private static final int BLOCK = 1 << 20;

  private static final double EDGE = 1e-4;

  private final LanguageModel a;
  private final LanguageModel b;
  private final ExactSpec spec;
  private final BlockPlan plan;

  /**
   * @param spec small enough ({@link ExactSpec#requireSmall})
   */
  public ExactEnumeration(LanguageModel a, LanguageModel b, ExactSpec spec) {
    requireComparable(a, b);
    this.a = a;
    this.b = b;
    this.spec = spec;
    this.plan = BlockPlan.of(spec.space(), BLOCK);
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
    long[] both = new long[1];
    score(Double.POSITIVE_INFINITY, monitor, z -> both[0] += count(sideA, sideB, z));
    Duration time = Duration.ofNanos(System.nanoTime() - started);
    long all = plan.blocks() * plan.size();
    return new ExactResult(spec, all, sideA.side(), sideB.side(), both[0], time);
  }

  /**
   * Counts over X_A and X_B alone, at λ = 0: less than half of the work, because what lies below a
   * prefix beyond the upper end of Z is never evaluated. An input of one model that the other one
   * did not get to is beyond Z there, which decides the sign of D.
   *
   * @param monitor is told the number of sequences that both models have passed
   */
  public ExactCounts counts(WorkMonitor monitor) {
    if (spec.lambda() != 0) {
      throw new IllegalArgumentException("counts without all energies are known at lambda 0 only");
    }
    // Membership is decided on float32; the slack keeps rounding from cutting at the edge.
    double upTo = (spec.range().high() + EDGE) * spec.space().scored();
    List<ExactCounts> blocks = new ArrayList<>();
    score(upTo, monitor, z -> blocks.add(ExactCounts.of(z.a(), z.b(), spec.range())));
    return blocks.stream().reduce(ExactCounts.NONE, ExactCounts::plus);
  }

  /** Scores all blocks, energies beyond a bound perhaps as +∞, and hands them over in order. */
  private void score(double upTo, WorkMonitor monitor, Consumer<BlockScoring.Scored> use) {
    try (BlockScoring scoring = new BlockScoring(a, b, spec.space(), plan, upTo, monitor)) {
      for (long block = 0; block < plan.blocks(); block++) {
        use.accept(scoring.await(block));
        scoring.counted(block);
      }
    }
  }

  private static long count(SideCounts sideA, SideCounts sideB, BlockScoring.Scored z) {
    long both = 0;
    float[] zA = z.a();
    float[] zB = z.b();
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
