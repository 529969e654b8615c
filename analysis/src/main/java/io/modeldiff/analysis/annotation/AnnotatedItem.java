package io.modeldiff.analysis.annotation;

/**
 * A representative input that was judged: drawn within its stratum of D with probability
 * proportional to its weight.
 *
 * @param difference D = z_A − z_B, nats per token
 * @param score 1 "perfectly good" to 0 "completely bad": the adjudicated score, or the mean over
 *     annotators; items that nobody could judge are left out
 * @param draws how often it was drawn, at least 1
 */
public record AnnotatedItem(double difference, double score, int draws) {
  public AnnotatedItem {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("a score must lie in 0..1, but was " + score);
    }
    if (draws < 1) {
      throw new IllegalArgumentException("an item was drawn at least once, but was " + draws);
    }
  }

  /** An item that was drawn once. */
  public AnnotatedItem(double difference, double score) {
    this(difference, score, 1);
  }
}
