package io.modeldiff.core.annotation;

import io.modeldiff.core.serialization.CborSerializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A representative input that people judge.
 *
 * @param id of its token ids, so that the same input drawn again is the same item
 * @param tokens token ids
 * @param text what annotators read
 * @param zA NLL under A, nats per token
 * @param zB NLL under B, nats per token
 * @param draws how it came into the project
 */
public record AnnotationItem(
    String id, List<Integer> tokens, String text, double zA, double zB, List<Draw> draws)
    implements CborSerializable {

  /**
   * Draws of an input with replacement, by weight, within one stratum. Later draws only add to
   * earlier ones, so that the mean over draws stays an unbiased estimate of the stratum's mean.
   *
   * @param stratum index into the design's strata
   * @param count how many of the stratum's draws hit it
   * @param outOf how many draws there were in the stratum at that time
   * @param probability of being hit by one draw: its share of the stratum's weight
   * @param log10Weight log10 of the number of inputs that it stands for
   */
  public record Draw(int stratum, int count, int outOf, double probability, double log10Weight)
      implements CborSerializable {
    /** Probability of being in the sample at all. */
    public double inclusion() {
      return 1 - Math.pow(1 - probability, outOf);
    }
  }

  public AnnotationItem {
    tokens = List.copyOf(tokens);
    draws = List.copyOf(draws);
  }

  /** D = z_A − z_B, nats per token. */
  public double difference() {
    return zA - zB;
  }

  /** How often it was drawn in strata of one side. */
  public int multiplicity(List<DesignStratum> strata, String direction) {
    return draws.stream()
        .filter(d -> strata.get(d.stratum()).direction().equals(direction))
        .mapToInt(Draw::count)
        .sum();
  }

  AnnotationItem with(List<Draw> more) {
    List<Draw> all = new ArrayList<>(draws);
    all.addAll(more);
    return new AnnotationItem(id, tokens, text, zA, zB, all);
  }

  /** The id of an input. */
  public static String id(List<Integer> tokens) {
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-256")
              .digest(tokens.toString().getBytes(StandardCharsets.UTF_8));
      return "i" + HexFormat.of().formatHex(sha, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
