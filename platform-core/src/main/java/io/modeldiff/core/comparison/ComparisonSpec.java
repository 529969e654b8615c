package io.modeldiff.core.comparison;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.campaign.SpaceSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.serialization.CborSerializable;
import io.modeldiff.core.space.NllRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison is about.
 *
 * @param sides two or more campaigns with the same space, one per model
 * @param space the common input space
 * @param z the common NLL range, nats per token
 * @param lambda λ of PD/PA, nats per token, at least 0
 * @param bin width of the D histograms, nats per token
 * @param targetError relative standard error of PD/PA that ends sampling, or null
 * @param crossMargin samples whose own z lies in Z widened by this much on both ends (nats per
 *     token) are scored by the other models
 */
public record ComparisonSpec(
    List<Side> sides,
    SpaceSpec space,
    NllRange z,
    double lambda,
    double bin,
    @Nullable Double targetError,
    double crossMargin)
    implements CborSerializable {

  /**
   * One model of the comparison.
   *
   * @param campaign id of the campaign that samples it
   * @param model the model
   */
  public record Side(String campaign, ModelRef model) implements CborSerializable {}

  public ComparisonSpec {
    sides = List.copyOf(sides);
    if (sides.size() < 2) {
      throw UserException.badInput("A comparison needs at least two models.");
    }
    if (!(lambda >= 0) || Double.isInfinite(lambda)) {
      throw UserException.badInput("λ (--lambda) must be at least 0, but was " + lambda + ".");
    }
    if (!(bin >= CampaignSpec.LEAST_BIN) || Double.isInfinite(bin)) {
      throw UserException.badInput(
          "The bin width (--bin) must be at least "
              + CampaignSpec.LEAST_BIN
              + " nats per token, but was "
              + bin
              + ".");
    }
    if (!(crossMargin >= 0)) {
      throw UserException.badInput(
          "The cross-scoring margin must be at least 0, but was " + crossMargin + ".");
    }
  }

  /** The id of the comparison of these campaigns; λ and bin are views on it and do not count. */
  public String id() {
    CampaignSpecs.Digest d = new CampaignSpecs.Digest();
    sides.forEach(s -> d.text(s.campaign()));
    d.real(z.low()).real(z.high()).real(crossMargin).optional(targetError);
    return "x" + d.hex();
  }
}
