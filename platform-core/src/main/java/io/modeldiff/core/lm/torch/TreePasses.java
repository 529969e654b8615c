package io.modeldiff.core.lm.torch;

import org.jspecify.annotations.Nullable;

/**
 * The forward passes that a walk over the prefix tree is made of: the children of prefixes are
 * alternatives at one position, evaluated together against what is kept of their parents.
 */
interface TreePasses extends AutoCloseable {
  /** Keys and values of prefixes of one length. */
  interface Stems extends AutoCloseable {
    int rows();

    /** Rows [from, from + count), sharing their memory. */
    Stems window(int from, int count);

    /** A copy of some rows; only where {@link TreePasses#picks()}. */
    default Stems pick(int[] rows) {
      throw new UnsupportedOperationException("these passes keep whole levels");
    }

    @Override
    void close();
  }

  /**
   * What a pass gives.
   *
   * @param logp [rows·siblings·A] log-probabilities of what follows each child
   * @param stems the children's keys and values, where asked for
   */
  record Expanded(float[] logp, @Nullable Stems stems) {}

  /** The starting prefix, of which a cache of one row holds the first positions. */
  Stems root(KvCache cache, int positions);

  /**
   * Evaluates alternatives behind each of some prefixes.
   *
   * @param parents keys and values of the prefixes, null when they are empty
   * @param columns [rows·siblings] the alternatives' columns of the head
   * @param siblings alternatives of one prefix
   * @param at input position of the alternatives
   * @param depth level of the tree, for arrays that are kept
   * @param keep whether the children's keys and values will be needed
   */
  Expanded expand(
      @Nullable Stems parents, long[] columns, int siblings, int at, int depth, boolean keep);

  /** Whether single prefixes can be picked from those kept. */
  default boolean picks() {
    return false;
  }

  /** Memory of what is kept of one prefix of so many positions. */
  long bytesPerRow(int positions);

  @Override
  void close();
}
