package io.modeldiff.analysis.comparison;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a comparison reports (Model-diff, section 2 and Table 2), with errors from lanes.
 *
 * @param jointlyPooled whether all samples of both campaigns were scored by both models, and pooled
 *     anywhere in X_A ∪ X_B rather than in R3 only
 * @param countA |X_A|
 * @param countB |X_B|
 * @param countAB |X_A ∩ X_B| (R3), from both campaigns
 * @param terms the four terms at λ, pooled
 * @param tiesAB members of X_A with D = 0
 * @param tiesBA members of X_B with D = 0
 * @param pooled ratio PD_AB : PA_AB : PA_BA : PD_BA from pooled weights: the result
 * @param absolute the same from each campaign's own absolute counts
 * @param r3 the same by the paper's normalisation (eq. 7); null entries where R3 is too thin
 * @param histogramAB ρ_{A→B}(D) over X_A
 * @param histogramBA ρ_{B→A}(D) over X_B
 * @param rhoA ρ_A(z) over Z
 * @param rhoB ρ_B(z) over Z
 * @param sweep the four terms at λ = 0, W, 2W, ...
 * @param rangeAB smallest and largest D seen over X_A
 * @param rangeBA the same over X_B
 * @param upperEdges the four terms if Z ended at each z bin's upper edge
 * @param overlapOfA |X_A ∩ X_B| / |X_A|
 * @param overlapOfB |X_A ∩ X_B| / |X_B|
 * @param shares the terms as parts of their sets
 * @param byReference B's terms by way of A (eq. 16); null where R3 is too thin
 * @param remarks what a reader must know, in words
 */
public record ComparisonResult(
    boolean jointlyPooled,
    CountEstimate countA,
    CountEstimate countB,
    CountEstimate countAB,
    Terms terms,
    CountEstimate tiesAB,
    CountEstimate tiesBA,
    Ratio pooled,
    Ratio absolute,
    Ratio r3,
    Histogram histogramAB,
    Histogram histogramBA,
    Histogram rhoA,
    Histogram rhoB,
    List<TermsAt> sweep,
    DifferenceRange rangeAB,
    DifferenceRange rangeBA,
    List<TermsAt> upperEdges,
    RatioTerm overlapOfA,
    RatioTerm overlapOfB,
    Shares shares,
    @Nullable ByReference byReference,
    List<String> remarks) {

  /** The four terms of Model-diff's Table 1. */
  public record Terms(
      CountEstimate pdAB, CountEstimate paAB, CountEstimate paBA, CountEstimate pdBA) {}

  /**
   * The four terms at one λ, or with Z ending at one z.
   *
   * @param at that λ or z, nats per token
   */
  public record TermsAt(double at, Terms terms) {}

  /** PD_AB/|X_A|, PA_AB/|X_A|, PA_BA/|X_B| and PD_BA/|X_B|. */
  public record Shares(RatioTerm pdAB, RatioTerm paAB, RatioTerm paBA, RatioTerm pdBA) {}

  /**
   * B's terms from its own samples, normalised through the overlap with reference A (Model-diff,
   * Appendix B, eq. 16 and 17): what allows models B and C to be compared that were only compared
   * with A. Absolute counts must agree with it.
   */
  public record ByReference(CountEstimate paBA, CountEstimate pdBA) {}

  /** Smallest and largest D that any sample showed; null without samples. */
  public record DifferenceRange(@Nullable Double min, @Nullable Double max) {}

  /**
   * A ratio of two counts.
   *
   * @param value null where not estimable
   * @param se its standard error; null where not estimable
   * @param low lower end of the 95% interval
   * @param high upper end
   */
  public record RatioTerm(
      @Nullable Double value, @Nullable Double se, @Nullable Double low, @Nullable Double high) {
    static final RatioTerm ONE = new RatioTerm(1.0, 0.0, 1.0, 1.0);
    static final RatioTerm NOT_ESTIMABLE = new RatioTerm(null, null, null, null);
  }

  /**
   * PD_AB : PA_AB : PA_BA : PD_BA, the first being 1.
   *
   * @param terms four entries
   * @param disagreement per entry, distance of the logarithm from the pooled one in standard errors
   *     of that distance; null where not estimable or identical by construction
   */
  public record Ratio(List<RatioTerm> terms, List<@Nullable Double> disagreement) {}
}
