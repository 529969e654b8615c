package io.modeldiff.web.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Which faults strike when: drawn from a seed alone. Kinds are dealt from shuffled decks, so that
 * every kind comes before any comes again; moments are shares of the work that is done.
 */
final class FaultSchedule {
  private static final double FIRST = 0.03;
  private static final double LAST = 0.9;
  private static final int SHORTEST_MILLIS = 500;
  private static final int LONGEST_MILLIS = 12_000;

  /**
   * One fault.
   *
   * @param at share of the work done when it strikes
   * @param choice picks one of several workers
   * @param lasts how long a pause lasts, or until a killed process is started again
   */
  record Strike(double at, Fault fault, int choice, Duration lasts) {}

  private FaultSchedule() {}

  static List<Strike> draw(long seed, int faults) {
    Random random = new Random(seed);
    List<Strike> strikes = new ArrayList<>();
    List<Fault> deck = new ArrayList<>();
    for (int i = 0; i < faults; i++) {
      if (deck.isEmpty()) {
        deck.addAll(Arrays.asList(Fault.values()));
        Collections.shuffle(deck, random);
      }
      double at = FIRST + (LAST - FIRST) * random.nextDouble();
      int millis = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
      Fault fault = deck.remove(deck.size() - 1);
      strikes.add(new Strike(at, fault, random.nextInt(1000), Duration.ofMillis(millis)));
    }
    strikes.sort(Comparator.comparingDouble(Strike::at));
    return List.copyOf(strikes);
  }
}
