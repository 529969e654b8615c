package io.modeldiff.web.service;

import io.modeldiff.web.compare.Placement;
import io.modeldiff.web.compare.Placement.Share;
import io.modeldiff.web.instance.InstanceDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One text under two models, token by token (LMdiff's instance view). */
public interface InstanceService {
  /**
   * Scores a text under two models.
   *
   * @param diff whether {@code score --diff}'s document of the text is wanted too, which takes the
   *     full distributions at each token
   */
  Instance analyze(String a, String b, String text, boolean diff);

  /** Scores token ids under two models; both must share the vocabulary. */
  Instance analyzeTokens(String a, String b, List<Integer> ids);

  /**
   * @param sameVocabulary whether token measures compare like with like
   * @param note one sentence that the reader must know, or empty
   * @param tokens of model A's tokenizer; of both when the vocabulary is shared
   * @param modelA scores under A, one per token
   * @param modelB scores under B, one per token; with another tokenizer, of its own tokens
   * @param bytes surprisal per byte on common spans, for different tokenizers; else empty
   * @param placements where D = z_A − z_B of this text lies in the comparisons of these models
   * @param diff the document of {@code score --diff}; null unless it was asked for
   */
  record Instance(
      String a,
      String b,
      String text,
      boolean sameVocabulary,
      String note,
      List<Token> tokens,
      List<Token> tokensB,
      Scores modelA,
      Scores modelB,
      List<Span> bytes,
      List<Placed> placements,
      @Nullable InstanceDocument diff) {}

  /**
   * A place in the distribution of D over the inputs of a comparison.
   *
   * @param comparison its id
   * @param a its model A
   * @param b its model B
   * @param length tokens of its inputs
   * @param d the text's z_A − z_B, nats per token
   * @param belowA share of the inputs that A finds whose D is smaller, 0 to 1; null when none
   * @param belowB the same for the inputs that B finds
   * @param log10A log10 of the number of inputs that A finds in the text's bin; null when none
   * @param log10B the same for B
   */
  record Placed(
      String comparison,
      String a,
      String b,
      int length,
      double d,
      @Nullable Double belowA,
      @Nullable Double belowB,
      @Nullable Double log10A,
      @Nullable Double log10B) {
    /** The same without the ends of the bin. */
    public static Placed of(Placement p) {
      Share byA = p.foundByA();
      Share byB = p.foundByB();
      return new Placed(
          p.comparison(),
          p.a(),
          p.b(),
          p.length(),
          p.d(),
          byA == null ? null : (Double) byA.below(),
          byB == null ? null : (Double) byB.below(),
          byA == null ? null : byA.log10(),
          byB == null ? null : byB.log10());
    }
  }

  /**
   * @param id token id
   * @param text the characters it stands for, as a reader sees them
   * @param raw vocabulary string
   */
  record Token(int id, String text, String raw) {}

  /**
   * @param logProb natural-log probability of each token; null where unscored
   * @param rank 0-based rank of each token; null where unscored
   * @param top the most likely tokens at each position, best first; empty where unscored
   * @param nll mean of −log p over scored tokens, nats per token; null when nothing was scored
   * @param nllSe standard error of that mean over tokens, or null below two tokens
   */
  record Scores(
      List<@Nullable Double> logProb,
      List<@Nullable Integer> rank,
      List<List<Candidate>> top,
      @Nullable Double nll,
      @Nullable Double nllSe) {}

  /** A token that could have come, and its probability. */
  record Candidate(int id, String text, double prob) {}

  /**
   * A span of text at whose end both tokenizers agree.
   *
   * @param nllA surprisal of the span under A, nats
   * @param nllB surprisal of the span under B, nats
   * @param bytes its length in UTF-8
   */
  record Span(String text, @Nullable Double nllA, @Nullable Double nllB, int bytes) {}
}
