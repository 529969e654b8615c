package io.modeldiff.core.lm;

import io.modeldiff.core.space.InputSpace;

/**
 * The device-resident key/value cache of a fixed number of lanes (independent sequences) of one
 * input space. All results are deterministic functions of the calls made since {@link #load} or
 * {@link #clear}: the same calls give the same bits after a restart. Not thread-safe.
 */
public interface LaneCache extends AutoCloseable {
  /** The space whose sequences the lanes hold. */
  InputSpace space();

  /** Number of lanes. */
  int lanes();

  /** Number of leading sequence positions that every lane holds at present, 0..N. */
  int filled();

  /**
   * Replaces all lanes by the given sequences in one parallel pass. This is the canonical path: the
   * log-probabilities that it returns are the ones to be recorded.
   *
   * @param tokens [lanes][N]
   * @param betas inverse temperatures for which log normalisers are wanted
   * @return conditionals of all N positions
   */
  Conditionals load(int[][] tokens, double[] betas);

  /** Empties every lane to the bare prefix, for {@link #extend}. */
  void clear();

  /**
   * Computes a proposal for some lanes without changing them. Costs (N − from) token positions a
   * lane. The proposal is remembered until the next call, for {@link #accept}.
   *
   * @return conditionals of positions ≥ from of the proposed sequences, one row per concerned lane
   */
  Conditionals propose(Proposal proposal);

  /**
   * Moves the lanes of the last proposal whose flag is set to the proposed sequence; the others
   * stay.
   *
   * @param accepted [proposal.lanes.length]
   */
  void accept(boolean[] accepted);

  /**
   * Draws one more token in every lane (position {@link #filled}) from p(·|x_&lt;i)^β/c_β.
   *
   * @param beta [lanes]
   * @param uniforms [lanes], in (0,1)
   * @param betas inverse temperatures for which log normalisers are wanted
   * @return conditionals of that single position
   */
  Conditionals extend(double[] beta, double[] uniforms, double[] betas);

  /**
   * Log-probabilities of every allowed token at position {@link #filled}, for a caller that chooses
   * tokens itself and adds them with {@link #append}; the lanes stay.
   *
   * @return [lanes][allowed], nats, by ascending id; 0 at an unscored position
   */
  float[][] next();

  /**
   * Adds the given tokens at position {@link #filled}, for which {@link #next} was called before.
   *
   * @param tokens [lanes], allowed ids
   */
  void append(int[] tokens);

  /** Replaces lane i by a copy of lane ancestors[i], for every i (resampling). */
  void reindex(int[] ancestors);

  /** Token positions evaluated by this cache so far (all lanes; padding not counted). */
  long positions();

  @Override
  void close();
}
