package io.modeldiff.replica.pilot;

import io.modeldiff.replica.smc.SmcResult;
import java.util.List;

/**
 * What a few SMC replicates at one inverse temperature say.
 *
 * @param beta inverse temperature
 * @param mean E_β[z], nats per token
 * @param deviation standard deviation of z under π_β
 * @param barrier local communication barrier λ(β) = E|E − E'|/2, nats (Syed et al. 2021)
 * @param lowest the lowest z seen
 * @param median median of z
 * @param logZ log of the mean of Ẑ over replicates
 * @param logZSe its standard error, NaN with a single replicate
 * @param effective effective number of particles over all replicates
 * @param bimodal whether z has two separate modes
 */
public record PilotPoint(
    double beta,
    double mean,
    double deviation,
    double barrier,
    double lowest,
    double median,
    double logZ,
    double logZSe,
    double effective,
    boolean bimodal) {

  /**
   * Summarises replicates that share one inverse temperature.
   *
   * @param scored n
   */
  public static PilotPoint of(List<SmcResult> replicates, int scored) {
    WeightedNll nll = WeightedNll.of(replicates, scored);
    RelativeMean z = RelativeMean.of(replicates.stream().mapToDouble(SmcResult::logZ).toArray());
    return new PilotPoint(
        replicates.get(0).beta(),
        nll.mean(),
        nll.deviation(),
        scored * nll.meanDifference() / 2,
        nll.z()[0],
        nll.quantile(0.5),
        z.logMean(),
        z.relativeSe(),
        nll.effective(),
        nll.bimodal());
  }
}
