package io.modeldiff.web.lab;

import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;

/**
 * What every run of the laboratory shares.
 *
 * @param space Ω
 * @param range Z
 * @param evaluations budget per model and run, pilots included
 * @param lanes C
 * @param moves S
 * @param bin width of the D histogram, nats per token
 * @param paperTemperatures the papers' T, for method {@code paper}
 */
public record LabSpec(
    InputSpace space,
    NllRange range,
    double evaluations,
    int lanes,
    int moves,
    double bin,
    double[] paperTemperatures) {
  /** The papers' range of T for 25 tokens covers these β's (Model-diff, appendix C). */
  private static final double[] PAPER_BETAS = {0.7, 1.0, 1.6, 2.5, 4.0};

  /** The papers' temperatures for n scored positions: T = 1/(n·β). */
  public static double[] paperTemperatures(int scored) {
    double[] t = new double[PAPER_BETAS.length];
    for (int k = 0; k < t.length; k++) {
      t[k] = 1 / (scored * PAPER_BETAS[k]);
    }
    return t;
  }
}
