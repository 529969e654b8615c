package io.modeldiff.core.toy;

import ai.djl.training.tracker.Tracker;

/** A linear warm-up to the peak, then a half cosine down to a fraction of it. */
record LearningRate(float peak, int warmUp, int steps, float lastFraction) implements Tracker {
  @Override
  public float getNewValue(int update) {
    if (update < warmUp) {
      return peak * update / warmUp;
    }
    double progress = Math.min(1.0, (update - warmUp) / (double) Math.max(1, steps - warmUp));
    double cosine = 0.5 * (1 + Math.cos(Math.PI * progress));
    return (float) (peak * (lastFraction + (1 - lastFraction) * cosine));
  }
}
