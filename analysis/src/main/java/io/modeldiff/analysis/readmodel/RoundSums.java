package io.modeldiff.analysis.readmodel;

import io.modeldiff.core.campaign.Histogram;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Swaps;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is summed over a campaign's rounds: counts of z by rung, and swaps by pair of rungs, each
 * apart for every ladder and phase.
 *
 * @param ladder the ladder of the next round
 * @param bins counts by bin of each rung
 * @param pairs swaps of each pair; the pair's number stands where the rung does
 */
record RoundSums(int ladder, Map<Rung, Map<Integer, Long>> bins, Map<Rung, PairSums> pairs) {
  static final RoundSums NONE = new RoundSums(0, Map.of(), Map.of());

  /** One rung (or pair) of one ladder in one phase. */
  record Rung(int ladder, RoundPhase phase, int index) {}

  /**
   * Swaps of one pair of rungs.
   *
   * @param tried lanes that tried
   * @param accepted lanes that swapped
   * @param rejection sum over lanes of the probability not to swap
   */
  record PairSums(long tried, long accepted, double rejection) {}

  RoundSums onLadder(int next) {
    return new RoundSums(next, bins, pairs);
  }

  /** With one more round. */
  RoundSums plus(RoundPhase phase, Histogram histogram, Swaps swaps) {
    return new RoundSums(ladder, plusBins(phase, histogram), plusPairs(phase, swaps));
  }

  private Map<Rung, Map<Integer, Long>> plusBins(RoundPhase phase, Histogram h) {
    Map<Rung, Map<Integer, Long>> next = new java.util.HashMap<>(bins);
    Map<Rung, Map<Integer, Long>> fresh = new java.util.HashMap<>();
    for (int i = 0; i < h.rung().length; i++) {
      Rung rung = new Rung(ladder, phase, h.rung()[i]);
      // maps that are shared with earlier states are copied once per round
      fresh
          .computeIfAbsent(rung, r -> new TreeMap<>(next.getOrDefault(r, Map.of())))
          .merge(h.bin()[i], (long) h.count()[i], Long::sum);
    }
    next.putAll(fresh);
    return next;
  }

  private Map<Rung, PairSums> plusPairs(RoundPhase phase, Swaps swaps) {
    Map<Rung, PairSums> next = new java.util.HashMap<>(pairs);
    for (int p = 0; p < swaps.attempted().length; p++) {
      if (swaps.attempted()[p] == 0) {
        continue;
      }
      Rung pair = new Rung(ladder, phase, p);
      PairSums before = next.getOrDefault(pair, new PairSums(0, 0, 0));
      next.put(
          pair,
          new PairSums(
              before.tried() + swaps.attempted()[p],
              before.accepted() + swaps.accepted()[p],
              before.rejection() + swaps.rejection()[p]));
    }
    return next;
  }
}
