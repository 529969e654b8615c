package io.modeldiff.replica.bridge;

/**
 * A density between two models, exp(−a·E_A − b·E_B). A itself is (1, 0), B is (0, 1).
 *
 * @param a exponent of p_A
 * @param b exponent of p_B
 */
record Mixture(double a, double b) {
  static final Mixture A = new Mixture(1, 0);
  static final Mixture B = new Mixture(0, 1);

  /** The point at a share of the straight way to another one. */
  Mixture towards(Mixture other, double share) {
    return share == 1 ? other : new Mixture(a + share * (other.a - a), b + share * (other.b - b));
  }

  double beta() {
    return a + b;
  }

  double t() {
    return b / (a + b);
  }
}
