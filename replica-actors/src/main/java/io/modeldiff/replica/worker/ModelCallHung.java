package io.modeldiff.replica.worker;

import java.time.Duration;

/** A model call did not come back in time; its thread and model were given up. */
public final class ModelCallHung extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelCallHung(String model, Duration limit) {
    super("A call of model " + model + " did not come back within " + limit.toSeconds() + " s");
  }
}
