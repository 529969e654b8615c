package io.modeldiff.core.lm.torch;

import ai.djl.pytorch.engine.PtNDArray;

/** Which log normalisers log c_β are wanted beside the log-probabilities. */
sealed interface Normalizers {
  /**
   * [m][K] for log-probabilities [m, A] of consecutive positions, {@code span} of them a row.
   *
   * @param first index of the first position, counted through all rows
   */
  double[][] of(PtNDArray logp, int first, int span);

  /** How many a position has. */
  int count();

  /** At every β of a ladder. */
  record Ladder(double[] betas) implements Normalizers {
    @Override
    public double[][] of(PtNDArray logp, int first, int span) {
      return Head.logNormalizers(logp, betas);
    }

    @Override
    public int count() {
      return betas.length;
    }
  }

  /**
   * At each row's own β.
   *
   * @param beta [rows]; rows beyond are padding and repeat the last
   */
  record Own(double[] beta) implements Normalizers {
    @Override
    public double[][] of(PtNDArray logp, int first, int span) {
      double[] own = new double[(int) logp.getShape().get(0)];
      for (int i = 0; i < own.length; i++) {
        own[i] = beta[Math.min((first + i) / span, beta.length - 1)];
      }
      double[] values = Head.ownNormalizers(logp, own);
      double[][] result = new double[own.length][];
      for (int i = 0; i < own.length; i++) {
        result[i] = new double[] {values[i]};
      }
      return result;
    }

    @Override
    public int count() {
      return 1;
    }
  }

  /** None. */
  Normalizers NONE = new Ladder(new double[0]);
}
