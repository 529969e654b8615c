package io.modeldiff.replica.worker;

import io.modeldiff.core.campaign.SmcEvent.SmcCompleted;
import io.modeldiff.core.serialization.CborSerializable;
import org.jspecify.annotations.Nullable;

/** A replicate's result, once it has one. */
record SmcState(@Nullable SmcCompleted result) implements CborSerializable {
  static final SmcState EMPTY = new SmcState(null);
}
