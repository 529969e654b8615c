package io.modeldiff.core.lm;

import io.modeldiff.core.space.InputSpace;

/**
 * Enumerates the energies of all sequences below a starting prefix by walking the tree of prefixes:
 * each proper prefix costs one forward position, shared by all sequences below it, with the
 * key/value cache of its ancestors. For spaces that are small enough; Σ over levels of V^level
 * positions in all.
 */
public interface PrefixTree extends AutoCloseable {
  /** The space enumerated. */
  InputSpace space();

  /**
   * Visits every sequence that begins with the given tokens, in lexicographic order of the
   * positions of their tokens in {@link InputSpace#allowed()}.
   *
   * @param start leading tokens (ids), 0 to N−1 of them
   * @param sink receives consecutive blocks
   */
  default void enumerate(int[] start, Sink sink) {
    enumerate(start, Double.POSITIVE_INFINITY, sink);
  }

  /**
   * The same where only sequences up to an energy matter: energies only grow along a sequence, so
   * that whatever lies below a prefix beyond the bound need not be evaluated.
   *
   * @param upTo nats per sequence; an energy above it may be reported as +∞
   */
  void enumerate(int[] start, double upTo, Sink sink);

  /** Forward positions evaluated so far. */
  long positions();

  @Override
  void close();

  /** Receives consecutive blocks of energies. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param first rank of the block's first sequence among all V^N sequences: its tokens'
     *     positions in the allowed list read as digits in base V, first token most significant
     * @param energies E(x) = −Σ log p in nats of sequences first, first + 1, ...; valid during the
     *     call only
     */
    void accept(long first, double[] energies);
  }
}
