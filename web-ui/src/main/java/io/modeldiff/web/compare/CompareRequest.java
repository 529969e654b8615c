package io.modeldiff.web.compare;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.error.UserException;

/**
 * What is to be compared.
 *
 * @param a campaign of the first model
 * @param b campaign of the second model, over the same space and range
 * @param lambda λ of PD/PA, nats per token
 * @param bin width of the histograms, nats per token
 */
public record CompareRequest(CampaignSpec a, CampaignSpec b, double lambda, double bin) {
  public CompareRequest {
    if (!a.space().equals(b.space())) {
      throw UserException.badInput(
          "The input spaces of the two models differ ("
              + a.space()
              + " against "
              + b.space()
              + "); a comparison needs one tokenizer, length, prefix and set of allowed tokens.");
    }
  }
}
