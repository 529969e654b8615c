package io.modeldiff.analysis.reweighting;

import io.modeldiff.analysis.resampling.LaneGroups;
import java.util.Arrays;
import java.util.List;

/**
 * All that MBAR needs to know of a tempering campaign, gathered in one pass over its samples: how
 * many came from each rung, and how many lie at each energy, per lane group.
 */
public final class EnergyCounts {
  // Stored NLLs are float32: a sample may seem to lie this far (relatively) below its own floor.
  private static final double FLOOR_TOLERANCE = 1e-6;

  private final Rungs rungs;
  private final LaneGroups groups;
  private final double[] floors;
  private final EnergyHistogram[] segments;
  private final double[][] rungCounts;
  private final double[] rungEnergy;

  public EnergyCounts(Rungs rungs, LaneGroups groups) {
    this.rungs = rungs;
    this.groups = groups;
    this.floors = rungs.floors();
    this.segments = new EnergyHistogram[floors.length + 1];
    Arrays.setAll(segments, i -> new EnergyHistogram(groups.groups()));
    this.rungCounts = new double[groups.groups()][rungs.count()];
    this.rungEnergy = new double[rungs.count()];
  }

  /** Counts one sample: its lane, its rung and its energy (nats). */
  public void add(int lane, int rung, double energy) {
    int group = groups.of(lane);
    rungCounts[group][rung]++;
    rungEnergy[rung] += energy;
    segments[segmentOf(energy, rungs.floorEnergy()[rung])].add(group, energy);
  }

  private int segmentOf(double energy, double ownFloor) {
    double e =
        energy < ownFloor && energy > ownFloor - FLOOR_TOLERANCE * (1 + Math.abs(ownFloor))
            ? ownFloor
            : energy;
    int segment = 0;
    while (segment < floors.length && e >= floors[segment]) {
      segment++;
    }
    return segment;
  }

  public Rungs rungs() {
    return rungs;
  }

  public LaneGroups groups() {
    return groups;
  }

  /** N_k from all lanes but one group's; −1 leaves none out. */
  double[] sampleCounts(int without) {
    double[] n = new double[rungs.count()];
    for (int g = 0; g < groups.groups(); g++) {
      for (int k = 0; k < n.length && g != without; k++) {
        n[k] += rungCounts[g][k];
      }
    }
    return n;
  }

  /** The binned problem with all lanes. */
  MbarProblem problem(List<Pin> pins) {
    int points = Arrays.stream(segments).mapToInt(s -> s.occupied().length).sum();
    int states = rungs.count();
    double[] logDensity = new double[points * states];
    int point = 0;
    for (int segment = 0; segment < segments.length; segment++) {
      for (int bin : segments[segment].occupied()) {
        double energy = segments[segment].energy(bin);
        for (int k = 0; k < states; k++) {
          logDensity[point * states + k] =
              allows(k, segment) ? -rungs.beta()[k] * energy : Double.NEGATIVE_INFINITY;
        }
        point++;
      }
    }
    return new MbarProblem(states, logDensity, multiplicity(-1), sampleCounts(-1), pins);
  }

  private boolean allows(int rung, int segment) {
    double floor = rungs.floorEnergy()[rung];
    return floor == Double.NEGATIVE_INFINITY || (segment > 0 && floors[segment - 1] >= floor);
  }

  /** Samples per point of {@link #problem}, without one group; −1 leaves none out. */
  double[] multiplicity(int without) {
    return Arrays.stream(segments)
        .flatMapToDouble(
            s ->
                Arrays.stream(s.occupied())
                    .mapToDouble(bin -> s.total(bin) - (without < 0 ? 0 : s.count(bin, without))))
        .toArray();
  }

  /**
   * A first guess of f by thermodynamic integration: df/dβ = ⟨E⟩_β, trapezoids between rungs'
   * means.
   */
  double[] start() {
    Integer[] order = new Integer[rungs.count()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (i, j) -> Double.compare(rungs.beta()[i], rungs.beta()[j]));
    double[] n = sampleCounts(-1);
    double[] f = new double[rungs.count()];
    double beta = Double.NaN;
    double mean = Double.NaN;
    double sum = 0;
    for (int k : order) {
      if (n[k] > 0) {
        double e = rungEnergy[k] / n[k];
        if (!Double.isNaN(beta)) {
          sum += (rungs.beta()[k] - beta) * (e + mean) / 2;
        }
        beta = rungs.beta()[k];
        mean = e;
      }
      f[k] = sum;
    }
    return f;
  }
}
