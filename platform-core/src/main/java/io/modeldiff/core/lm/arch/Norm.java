package io.modeldiff.core.lm.arch;

/** Normalisation layers. */
public enum Norm {
  /** (x − mean)/√(var + ε)·w + b. */
  LAYER,
  /** x/√(mean x² + ε)·w; the weights are folded into the following matrix where there is one. */
  RMS
}
