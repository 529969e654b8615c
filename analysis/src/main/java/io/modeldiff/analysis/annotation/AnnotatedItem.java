package io.modeldiff.analysis.annotation;

/**
 * A representative input that was judged: drawn within its stratum of D with probability
 * proportional to its weight.
 *
 * @param difference D = z_A − z_B, nats per token
 * @param score 1 "perfectly good" to 0 "completely bad": the adjudicated score, or the mean over
 *     annotators; items that nobody could judge are left out
 */
public record AnnotatedItem(double difference, double score) {
  public AnnotatedItem {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("a score must lie in 0..1, but was " + score);
    }
  }
}
