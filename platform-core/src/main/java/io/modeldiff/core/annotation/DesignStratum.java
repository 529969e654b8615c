package io.modeldiff.core.annotation;

import io.modeldiff.core.serialization.CborSerializable;
import org.jspecify.annotations.Nullable;

/**
 * A D bin of the design: low ≤ D &lt; high, nats per token.
 *
 * @param direction {@code AB}: over X_A; {@code BA}: over X_B
 * @param low null for an open end
 * @param high null for an open end
 */
public record DesignStratum(String direction, @Nullable Double low, @Nullable Double high)
    implements CborSerializable {

  /** Lower edge, −∞ for an open end. */
  public double from() {
    return low == null ? Double.NEGATIVE_INFINITY : low;
  }

  /** Upper edge, ∞ for an open end. */
  public double to() {
    return high == null ? Double.POSITIVE_INFINITY : high;
  }

  /** Whether an input of this side and D belongs here. */
  public boolean holds(String side, double d) {
    return direction.equals(side) && d >= from() && d < to();
  }
}
