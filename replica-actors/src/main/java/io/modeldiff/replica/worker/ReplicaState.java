package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.serialization.CborSerializable;
import org.jspecify.annotations.Nullable;

/**
 * The last two rounds of a replica. Two, because the coordinator asks for the next round while it
 * stores the last one: after a crash it may have to ask for the last one again.
 */
record ReplicaState(@Nullable ReplicaAdvanced last, @Nullable ReplicaAdvanced previous)
    implements CborSerializable {
  static final ReplicaState EMPTY = new ReplicaState(null, null);

  ReplicaState advanced(ReplicaAdvanced event) {
    return new ReplicaState(event, last);
  }

  /** The stored event of a round, or null when it is not (or no longer) remembered. */
  @Nullable ReplicaAdvanced remembered(long round) {
    if (last != null && last.round() == round) {
      return last;
    }
    return previous != null && previous.round() == round ? previous : null;
  }
}
