package io.modeldiff.core.exact;

/** What is counted over X_m, the inputs that one of the two models finds meaningful. */
final class SideCounts {
  private final ExactSpec spec;
  private final double low;
  private final long[] zCounts;
  private final Bins differences;
  private final DensityOfStates states;
  private long count;
  private long below;
  private long above;
  private long ties;

  SideCounts(ExactSpec spec) {
    this.spec = spec;
    this.low = spec.range().low();
    this.zCounts = new long[zEdges(spec).length - 1];
    this.differences = new Bins(spec.bin());
    this.states = new DensityOfStates(spec.space().scored());
  }

  private static double[] zEdges(ExactSpec spec) {
    double low = spec.range().low();
    double high = spec.range().high();
    int bins = Math.max(1, (int) Math.ceil((high - low) / spec.bin() - 1e-9));
    double[] edges = new double[bins + 1];
    for (int i = 0; i < bins; i++) {
      edges[i] = low + i * spec.bin();
    }
    edges[bins] = high;
    return edges;
  }

  /** Counts one sequence by its own z; true when it is meaningful. */
  boolean add(float z) {
    states.add(z);
    return spec.range().contains(z);
  }

  /**
   * Counts a meaningful sequence.
   *
   * @param z its NLL under this side's model
   * @param d z_A − z_B
   */
  void addMeaningful(float z, double d) {
    count++;
    int bin = (int) Math.floor((z - low) / spec.bin());
    zCounts[Math.max(0, Math.min(zCounts.length - 1, bin))]++;
    differences.add(d);
    if (d < -spec.lambda()) {
      below++;
    } else if (d > spec.lambda()) {
      above++;
    }
    if (d == 0) {
      ties++;
    }
  }

  ExactSide side() {
    return new ExactSide(
        count,
        below,
        above,
        ties,
        differences.histogram(),
        new ExactHistogram(zEdges(spec), zCounts.clone()),
        states.totalProbability(),
        BetaGrid.logZ(states));
  }
}
