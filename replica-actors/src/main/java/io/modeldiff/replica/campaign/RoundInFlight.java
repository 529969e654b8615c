package io.modeldiff.replica.campaign;

import io.modeldiff.replica.worker.ReplicaProtocol.RoundDone;
import java.util.Map;
import java.util.TreeMap;

/** The answers to the round that is running. Not thread-safe. */
final class RoundInFlight {
  private final long round;
  private final int replicas;
  private final Map<Integer, RoundDone> done = new TreeMap<>();

  RoundInFlight(long round, int replicas) {
    this.round = round;
    this.replicas = replicas;
  }

  long round() {
    return round;
  }

  boolean waitsFor(int replica) {
    return !done.containsKey(replica);
  }

  int replicas() {
    return replicas;
  }

  /** Takes an answer; answers to other rounds and repeated ones change nothing. */
  void take(RoundDone reply) {
    if (reply.round() == round && reply.replica() < replicas) {
      done.putIfAbsent(reply.replica(), reply);
    }
  }

  boolean complete() {
    return done.size() == replicas;
  }

  Map<Integer, RoundDone> answers() {
    return done;
  }

  double[][] energies() {
    return done.values().stream().map(RoundDone::energies).toArray(double[][]::new);
  }

  long positions() {
    return done.values().stream().mapToLong(RoundDone::positions).sum();
  }
}
