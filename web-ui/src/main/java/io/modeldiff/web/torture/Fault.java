package io.modeldiff.web.torture;

/** What strikes a cluster. */
enum Fault {
  KILL_WORKER("kill -9 of a worker"),
  KILL_COORDINATOR("kill -9 of the coordinator"),
  KILL_STORE("kill -9 of Cassandra"),
  PAUSE_WORKER("a worker stands still"),
  PAUSE_COORDINATOR("the coordinator stands still"),
  PAUSE_STORE("Cassandra stands still"),
  WORKER_JOINS("a worker joins"),
  WORKER_LEAVES("a worker leaves");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
