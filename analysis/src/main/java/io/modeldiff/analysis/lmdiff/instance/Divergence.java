package io.modeldiff.analysis.lmdiff.instance;

/**
 * How far apart two predictive distributions are, over the full vocabulary, in nats.
 *
 * @param kl12 Σ p₁ ln(p₁/p₂)
 * @param kl21 Σ p₂ ln(p₂/p₁)
 * @param js Jensen–Shannon divergence, 0 to ln 2
 * @param entropy1 −Σ p₁ ln p₁
 * @param entropy2 −Σ p₂ ln p₂
 */
public record Divergence(double kl12, double kl21, double js, double entropy1, double entropy2) {

  /** From log-probabilities over one vocabulary; tokens beyond the shorter one are left out. */
  public static Divergence of(float[] logp1, float[] logp2) {
    double kl12 = 0;
    double kl21 = 0;
    double js = 0;
    double h1 = 0;
    double h2 = 0;
    int n = Math.min(logp1.length, logp2.length);
    for (int v = 0; v < n; v++) {
      double a = logp1[v];
      double b = logp2[v];
      double p = Math.exp(a);
      double q = Math.exp(b);
      double m = (p + q) / 2;
      double logM = m > 0 ? Math.log(m) : 0;
      if (p > 0) {
        kl12 += p * (a - b);
        js += p * (a - logM) / 2;
        h1 -= p * a;
      }
      if (q > 0) {
        kl21 += q * (b - a);
        js += q * (b - logM) / 2;
        h2 -= q * b;
      }
    }
    return new Divergence(Math.max(0, kl12), Math.max(0, kl21), Math.max(0, js), h1, h2);
  }
}
