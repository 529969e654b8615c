package io.modeldiff.web.torture;

import java.util.List;
import java.util.Map;

/**
 * What a torture found.
 *
 * @param faults that struck
 * @param seed of the schedule and of the campaigns
 * @param lost acknowledged events that are not stored, and empty places in histories
 * @param duplicated requests and rounds that are stored more than once
 * @param identical whether histories and result are those of the undisturbed run, to the last bit
 * @param projectionsEqual whether the read tables equal those built anew from the journal
 * @param kinds how often each kind struck
 * @param restarts processes started again
 * @param acknowledged requests and rounds that were acknowledged and looked for
 * @param events in all histories
 * @param twins places that two incarnations of a writer wrote; readers see the later one's, and
 *     both are the same
 * @param secondsToProgress from each kill -9 of a worker to four more closed rounds
 * @param differentTables read tables that differ from a rebuild
 * @param seconds from the first process's start to the last one's end
 */
public record TortureReport(
    int faults,
    long seed,
    long lost,
    long duplicated,
    boolean identical,
    boolean projectionsEqual,
    Map<String, Integer> kinds,
    int restarts,
    long acknowledged,
    long events,
    long twins,
    List<Double> secondsToProgress,
    List<String> differentTables,
    long seconds) {

  /** Whether everything that must hold does. */
  public boolean holds() {
    return lost == 0 && duplicated == 0 && identical && projectionsEqual;
  }
}
